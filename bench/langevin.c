// The peer in C of the compiled engine: one Euler-Maruyama step of H = J sum over edges |x_i - x_j|^2,
//
//   x_i' = x_i - 2 J dt (d_i x_i - sum_j x_j) + sqrt(2 T dt) xi_i,    two float32 components a node,
//
// on fields [node][component][chain], neighbours in compressed sparse rows, with the lab's own random numbers
// (src/random: Philox4x32-10, Box and Muller). Chains lie in the vector's lanes, or nodes where there is one chain.
//
//   cc -O3 -msse4.2 langevin.c -o langevin -lm -pthread            128-bit vectors
//   cc -O3 -mavx    langevin.c ...                                 128-bit vectors, three-operand instructions
//   cc -O3 -mavx2 -mfma -DWIDTH=8 langevin.c ...                   256-bit vectors
//   -DROUNDS=7: Philox4x32-7            -DAHEAD=0: large fields without prefetching
//
// usage: langevin GRAPH CHAINS THREADS TIME_STEP COUPLING TEMPERATURE SEED STREAM; then commands on standard input,
// each answered by one line, the seconds it took:
//   state FILE | dump FILE            the field from, or to, a file of float32
//   run FIRST STEPS                   steps numbered from FIRST on
//   normals TIMES                     TIMES x 2048 normals by each thread, into a buffer that stays in the cache
//   copy BYTES TIMES                  so many bytes copied from one array to another, all threads together
// GRAPH holds int32: nodes, half-edges, offsets [nodes + 1], neighbours [half-edges].
#define _GNU_SOURCE
#include <immintrin.h>
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifndef WIDTH
#define WIDTH 4
#endif
#ifndef ROUNDS
#define ROUNDS 10
#endif
#if WIDTH == 4
#define V(name) _mm_##name
typedef __m128 floats;
typedef __m128i words;
#else
#define V(name) _mm256_##name
typedef __m256 floats;
typedef __m256i words;
#endif
typedef int32_t ints __attribute__((vector_size(4 * WIDTH)));
#define INLINE static inline __attribute__((always_inline))
#define ALL(x) V(set1_ps)(x)

// ---- Philox. A product of 32-bit words fills a 64-bit lane, so words are kept one a 64-bit lane, in its low half
// (what the high half holds is never read): two vectors hold WIDTH counters.

#define MULTIPLIER_0 0xd2511f53u
#define MULTIPLIER_1 0xcd9e8d57u

typedef struct { words c0, c1, c2, c3; } counter;

/** What a step's counters share. Three rounds in, a counter depends on the node in two of its words' products only:
 * the rest is made once a step, for each block of four lanes. */
typedef struct {
  words key0[ROUNDS], key1[ROUNDS];
  words from2, from1; // what the second and third round add to the products
  words *begin, *add2, *is3; // by block
  float *noise;
} stream;

INLINE words product(words a, uint32_t b) { return V(mul_epu32)(a, (words)(ints)V(set1_epi32)((int)b)); }
INLINE words high(words product) { return V(srli_epi64)(product, 32); }

/** Two counters in step, since the products of one take their time. */
INLINE void philox(const stream *s, const words node[2], int block, counter c[2]) {
  words p0[2], p1[2];
#define BOTH _Pragma("GCC unroll 2") for (int k = 0; k < 2; k++)
  BOTH p0[k] = product(s->begin[block + k] ^ node[k], MULTIPLIER_0);
  BOTH p1[k] = product(high(p0[k]) ^ s->from2, MULTIPLIER_1);
  BOTH c[k] = (counter){ high(p1[k]) ^ s->from1, p1[k], p0[k] ^ s->add2[block + k], s->is3[block + k] };
#pragma GCC unroll 10
  for (int r = 3; r < ROUNDS; r++) {
    BOTH p0[k] = product(c[k].c0, MULTIPLIER_0);
    BOTH p1[k] = product(c[k].c2, MULTIPLIER_1);
    BOTH c[k] = (counter){ high(p1[k]) ^ c[k].c1 ^ s->key0[r], p1[k], high(p0[k]) ^ c[k].c3 ^ s->key1[r], p0[k] };
  }
}

/** The low halves of two vectors side by side, in each 128 bits. */
INLINE words joined(words a, words b) { return (words)V(shuffle_ps)((floats)a, (floats)b, 0x88); }

// ---- Box and Muller in float32, errors of a few units in the last place; several vectors in step.

#define PAIRS 4
#define EACH _Pragma("GCC unroll 4") for (int k = 0; k < PAIRS; k++)

/** r = sqrt(scale ln u), u = (w + 1/2) 2^-32, scale < 0: with u = 2^e (1 + g), ln u = e ln 2 + 2 artanh(g / (2 + g)).
 * Near 1, where u itself has no room in a float32, g = u - 1 is had from w - 2^32 with all its digits. */
INLINE void radii(const words w[], float scale, floats r[]) {
  const floats twice = ALL(2 * scale), ln2 = ALL(scale * 0x1.62e43p-1f);
  const ints root = (ints)V(set1_epi32)(0x3f3504f3), mantissa = (ints)V(set1_epi32)(0x7fffff); // sqrt(1/2)
  floats p[PAIRS], u[PAIRS], g[PAIRS], e[PAIRS], s[PAIRS], t[PAIRS], q[PAIRS];
  ints bits[PAIRS];
  EACH p[k] = V(cvtepi32_ps)(w[k]) * ALL(0x1p-32f) + ALL(0x1p-33f); // u below 1/2, u - 1 above
  EACH u[k] = V(blendv_ps)(p[k], p[k] + ALL(1), (floats)w[k]);
  EACH bits[k] = (ints)u[k] - root;
  EACH g[k] = (floats)((bits[k] & mantissa) + root) - ALL(1);
  EACH g[k] = V(blendv_ps)(g[k], p[k], (floats)(~bits[k] & (ints)w[k]));
  EACH e[k] = V(cvtepi32_ps)((words)(bits[k] >> 23)) * ln2;
  EACH s[k] = g[k] / (g[k] + ALL(2));
  EACH t[k] = s[k] * s[k];
  EACH q[k] = ALL(0.14935865f) * t[k] + ALL(0.19988771f);
  EACH s[k] *= twice;
  EACH q[k] = (q[k] * t[k] + ALL(0.33333388f)) * t[k];
  EACH r[k] = V(sqrt_ps)(e[k] + (s[k] + s[k] * q[k]));
}

/** r cos and r sin of 2 pi (w + 1/2) 2^-32: w is 2^30 quarter + rest, |rest| <= 2^29. */
INLINE void turned(const words w[], const floats r[], floats cosine[], floats sine[]) {
  const ints sign = (ints)V(set1_epi32)(INT32_MIN);
  floats x[PAIRS], t[PAIRS], c[PAIRS], s[PAIRS];
  EACH x[k] = V(cvtepi32_ps)((words)(((ints)w[k] << 2) | 2)) * ALL(0x1.921fb6p-32f); // pi / 2^33
  EACH t[k] = x[k] * x[k];
  EACH s[k] = ALL(-1.9517e-4f) * t[k] + ALL(8.33218e-3f);
  EACH c[k] = ALL(2.44384513e-5f) * t[k] + ALL(-1.38873675e-3f);
  EACH s[k] = (s[k] * t[k] + ALL(-0.16666655f)) * t[k];
  EACH c[k] = c[k] * t[k] + ALL(4.16666469e-2f);
  EACH c[k] = c[k] * t[k] + ALL(-0.5f);
  EACH s[k] = x[k] + x[k] * s[k];
  EACH c[k] = c[k] * t[k] + ALL(1);
  EACH {
    ints quarter = (ints)w[k] + (1 << 29);
    floats swap = (floats)(quarter << 1);
    cosine[k] = r[k] * (floats)((ints)V(blendv_ps)(c[k], s[k], swap) ^ ((quarter + (1 << 30)) & sign));
    sine[k] = r[k] * (floats)((ints)V(blendv_ps)(s[k], c[k], swap) ^ (quarter & sign));
  }
}

/** Pairs of vectors of words to pairs of vectors of normals times sqrt(variance), in place. */
static void boxMuller(float *buffer, int pairs, float variance) {
  for (int pair = 0; pair < pairs; pair += PAIRS) {
    float *at = buffer + 2 * WIDTH * pair;
    words a[PAIRS], b[PAIRS];
    floats r[PAIRS], cosine[PAIRS], sine[PAIRS];
    EACH a[k] = (words)V(load_ps)(at + 2 * WIDTH * k);
    EACH b[k] = (words)V(load_ps)(at + 2 * WIDTH * k + WIDTH);
    radii(a, -2 * variance, r);
    turned(b, r, cosine, sine);
    EACH V(store_ps)(at + 2 * WIDTH * k, cosine[k]);
    EACH V(store_ps)(at + 2 * WIDTH * k + WIDTH, sine[k]);
  }
}

// ---- The step.

typedef struct {
  int nodes, chains, row; // row: 2 x chains numbers a node
  const int32_t *offsets, *neighbours;
  float drift; // 2 J dt
  float variance; // 2 T dt
  uint32_t seed, stream;
} problem;

/** Which block, or node, each 64-bit lane of the two vectors stands for, so that results come out in order. */
#if WIDTH == 4
static const int BLOCKS[2][2] = { { 0, 1 }, { 2, 3 } };
#define NODES BLOCKS
#else
static const int BLOCKS[2][4] = { { 0, 2, 1, 3 }, { 4, 6, 5, 7 } };
static const int NODES[2][4] = { { 0, 1, 2, 3 }, { 4, 5, 6, 7 } };
#endif

INLINE words spread(uint32_t word) { return V(set1_epi32)((int)word); }

static void setLane(words *vector, int lane, uint32_t word) { ((uint64_t *)vector)[lane] = word; }

/** The stream of one step; `blocks` is 1 for a single chain, whose nodes lie in the lanes. */
static void prepare(stream *s, const problem *p, uint64_t step, int blocks) {
  uint32_t key0[ROUNDS], key1[ROUNDS];
  for (int r = 0; r < ROUNDS; r++) {
    key0[r] = p->seed + (uint32_t)r * 0x9e3779b9u;
    key1[r] = p->stream + (uint32_t)r * 0xbb67ae85u;
    s->key0[r] = spread(key0[r]);
    s->key1[r] = spread(key1[r]);
  }
  uint64_t p0 = (uint64_t)MULTIPLIER_0 * (uint32_t)step;
  uint64_t p1 = (uint64_t)MULTIPLIER_1 * ((uint32_t)(p0 >> 32) ^ (uint32_t)(step >> 32) ^ key1[0]);
  s->from2 = spread((uint32_t)p0 ^ key1[1]);
  s->from1 = spread((uint32_t)p1 ^ key0[2]);
  int groups = blocks == 1 ? 2 : 2 * blocks / WIDTH;
  for (int group = 0; group < groups; group++) {
    for (int lane = 0; lane < WIDTH / 2; lane++) {
      uint32_t block = blocks == 1 ? 0 : (uint32_t)(group / 2 * WIDTH + BLOCKS[group % 2][lane]);
      uint64_t q1 = (uint64_t)MULTIPLIER_1 * block;
      uint64_t q0 = (uint64_t)MULTIPLIER_0 * ((uint32_t)(p1 >> 32) ^ (uint32_t)q1 ^ key0[1]);
      setLane(&s->begin[group], lane, (uint32_t)(q1 >> 32) ^ key0[0]);
      setLane(&s->add2[group], lane, (uint32_t)(q0 >> 32) ^ key1[2]);
      setLane(&s->is3[group], lane, (uint32_t)q0);
    }
  }
}

/** Four vectors whose 128-bit parts are the rows of 4 x 4 matrices, transposed. */
INLINE void transpose(floats *a, floats *b, floats *c, floats *d) {
  floats ab = V(unpacklo_ps)(*a, *b), AB = V(unpackhi_ps)(*a, *b);
  floats cd = V(unpacklo_ps)(*c, *d), CD = V(unpackhi_ps)(*c, *d);
  *a = V(shuffle_ps)(ab, cd, 0x44);
  *b = V(shuffle_ps)(ab, cd, 0xee);
  *c = V(shuffle_ps)(AB, CD, 0x44);
  *d = V(shuffle_ps)(AB, CD, 0xee);
}

/** Words of all lanes of a node, four vectors for WIDTH blocks. */
static void wordsOfNode(const stream *s, uint32_t node, int groups, float *buffer) {
  const words at[2] = { spread(node), spread(node) };
  for (int group = 0; group < groups; group++, buffer += 4 * WIDTH) {
    counter c[2];
    philox(s, at, 2 * group, c);
    V(store_ps)(buffer, (floats)joined(c[0].c0, c[1].c0));
    V(store_ps)(buffer + WIDTH, (floats)joined(c[0].c1, c[1].c1));
    V(store_ps)(buffer + 2 * WIDTH, (floats)joined(c[0].c2, c[1].c2));
    V(store_ps)(buffer + 3 * WIDTH, (floats)joined(c[0].c3, c[1].c3));
  }
}

/** Words of `count` nodes of one chain, two vectors for WIDTH nodes. */
static void wordsOfNodes(const stream *s, uint32_t first, int count, float *buffer) {
  words at[2];
  for (int half = 0; half < 2; half++) {
    for (int lane = 0; lane < WIDTH / 2; lane++) setLane(&at[half], lane, first + (uint32_t)NODES[half][lane]);
  }
  for (int i = 0; i < count; i += WIDTH, buffer += 2 * WIDTH) {
    counter c[2];
    philox(s, at, 0, c);
    V(store_ps)(buffer, (floats)joined(c[0].c0, c[1].c0));
    V(store_ps)(buffer + WIDTH, (floats)joined(c[0].c1, c[1].c1));
    for (int half = 0; half < 2; half++) at[half] = V(add_epi32)(at[half], spread(WIDTH));
  }
}

/** 4 x WIDTH lanes of a node with `degree` neighbours; rows[0] is its own. */
INLINE void lanes(const float *const rows[], int degree, int at, floats stay, floats pull, const floats z[4], float *to) {
  floats sum[4];
#pragma GCC unroll 4
  for (int k = 0; k < 4; k++) sum[k] = V(load_ps)(rows[1] + at + k * WIDTH);
#pragma GCC unroll 8
  for (int n = 2; n <= degree; n++) {
#pragma GCC unroll 4
    for (int k = 0; k < 4; k++) sum[k] += V(load_ps)(rows[n] + at + k * WIDTH);
  }
#pragma GCC unroll 4
  for (int k = 0; k < 4; k++) {
    floats x = V(load_ps)(rows[0] + at + k * WIDTH);
    V(store_ps)(to + at + k * WIDTH, (x * stay + sum[k] * pull) + z[k]);
  }
}

/** Where the field does not fit the second-level cache, neighbours are called for so many nodes ahead. */
#ifndef AHEAD
#define AHEAD 128
#endif

/** Numbers of noise that are made at a time, so that each loop has much of its own kind to do. */
#define BATCH 2048

static void stepChains(const problem *p, const stream *s, const float *from, float *to, int begin, int end) {
  const floats pull = ALL(p->drift);
  const int groups = p->row / (4 * WIDTH), most = p->row < BATCH ? BATCH / p->row : 1;
  const float *rows[1 + 64];
  for (int first = begin; first < end; first += most) {
    const int count = end - first < most ? end - first : most;
    float *noise = s->noise;
    for (int n = 0; n < count; n++) wordsOfNode(s, (uint32_t)(first + n), groups, noise + n * p->row);
    boxMuller(noise, count * 2 * groups, p->variance);
    for (int i = first; i < first + count; i++) {
      const int32_t *near = p->neighbours + p->offsets[i];
      const int degree = p->offsets[i + 1] - p->offsets[i];
      const floats stay = ALL(1 - p->drift * (float)degree);
      rows[0] = from + (size_t)i * p->row;
      for (int n = 0; n < degree; n++) rows[n + 1] = from + (size_t)near[n] * p->row;
      float *out = to + (size_t)i * p->row;
      for (int group = 0; group < groups; group++, noise += 4 * WIDTH) {
        floats z[4];
        for (int k = 0; k < 4; k++) z[k] = V(load_ps)(noise + k * WIDTH);
        transpose(&z[0], &z[1], &z[2], &z[3]);
        lanes(rows, degree, 4 * WIDTH * group, stay, pull, z, out);
      }
    }
  }
}

/** The sum over the neighbours of nodes i and i + 1, both components of each; `degrees` likewise. */
INLINE __m128 sumOfPair(const problem *p, const float *x, int i, __m128 *degrees) {
  __m128 sum[2];
  const int32_t *offsets = p->offsets + i;
#pragma GCC unroll 2
  for (int n = 0; n < 2; n++) {
    const int32_t *near = p->neighbours + offsets[n], *last = p->neighbours + offsets[n + 1];
    __m128 total = _mm_setzero_ps();
    for (; near + 1 < last; near += 2) {
      __m128 one = (__m128)_mm_load_sd((const double *)(x + 2 * (size_t)near[0]));
      total += _mm_loadh_pi(one, (const __m64 *)(x + 2 * (size_t)near[1]));
    }
    if (near < last) total += (__m128)_mm_load_sd((const double *)(x + 2 * (size_t)near[0]));
    sum[n] = total;
  }
  __m128i low = _mm_loadu_si128((const __m128i *)offsets); // its fourth offset is not used; the array is padded
  __m128i counts = _mm_sub_epi32(_mm_shuffle_epi32(low, 0xa5), _mm_shuffle_epi32(low, 0x50));
  *degrees = _mm_cvtepi32_ps(counts);
  return _mm_movelh_ps(sum[0], sum[1]) + _mm_movehl_ps(sum[1], sum[0]);
}

static void stepNodes(const problem *p, const stream *s, const float *from, float *to, int begin, int end) {
  const floats pull = ALL(p->drift);
  const int ahead = p->nodes > 1 << 17 ? AHEAD : 0;
  for (int first = begin; first < end; first += BATCH / 2) {
    const int count = end - first < BATCH / 2 ? end - first : BATCH / 2;
    const float *noise = s->noise;
    wordsOfNodes(s, (uint32_t)first, count, s->noise);
    boxMuller(s->noise, (count + WIDTH - 1) / WIDTH, p->variance);
    for (int i = first; i < first + count; i += WIDTH, noise += 2 * WIDTH) {
      if (ahead && i + ahead + WIDTH <= end) {
        const int32_t *soon = p->neighbours + p->offsets[i + ahead], *last = p->neighbours + p->offsets[i + ahead + WIDTH];
        for (; soon < last; soon++) __builtin_prefetch(from + 2 * (size_t)*soon);
      }
      const floats even = V(load_ps)(noise), odd = V(load_ps)(noise + WIDTH);
      const floats z[2] = { V(unpacklo_ps)(even, odd), V(unpackhi_ps)(even, odd) };
#pragma GCC unroll 2
      for (int half = 0; half < 2; half++) {
        const int node = i + half * WIDTH / 2;
        floats degrees, sum;
#if WIDTH == 4
        sum = sumOfPair(p, from, node, &degrees);
#else
        __m128 d[2], t[2] = { sumOfPair(p, from, node, &d[0]), sumOfPair(p, from, node + 2, &d[1]) };
        sum = _mm256_set_m128(t[1], t[0]);
        degrees = _mm256_set_m128(d[1], d[0]);
#endif
        floats x = V(load_ps)(from + 2 * (size_t)node);
        V(store_ps)(to + 2 * (size_t)node, (x - pull * (degrees * x - sum)) + z[half]);
      }
    }
  }
}

// ---- Threads: parts of the nodes, all waiting for each other after each step.

typedef struct {
  enum { RUN, NORMALS, COPY, END } task;
  uint64_t first, count, bytes;
} job;

static problem P;
static int threads;
static float *field[2]; // where the present field is: field[0] between jobs
static char *copied[2];
static job now;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t called = PTHREAD_COND_INITIALIZER;
static uint64_t jobs;
static atomic_int waiting, turn;

static void barrier(void) {
  if (threads == 1) return;
  int mine = atomic_load_explicit(&turn, memory_order_relaxed);
  if (atomic_fetch_add(&waiting, 1) == threads - 1) {
    atomic_store(&waiting, 0);
    atomic_store(&turn, mine + 1);
    return;
  }
  for (int spins = 0; atomic_load(&turn) == mine; spins++) {
    if (spins < 256) _mm_pause();
    else sched_yield();
  }
}

static void normals(const stream *s, uint64_t times, int rank) {
  for (uint64_t t = 0; t < times; t++) {
    for (int node = 0; node < BATCH / (4 * WIDTH); node++) {
      wordsOfNode(s, (uint32_t)(rank << 20) + (uint32_t)(t << 8) + (uint32_t)node, 1, s->noise + 4 * WIDTH * node);
    }
    boxMuller(s->noise, BATCH / (2 * WIDTH), 1);
    __asm__ volatile("" : : "r"(s->noise) : "memory");
  }
}

/** Part `rank` of `count`, cut at multiples of 32. */
static uint64_t part(uint64_t count, int rank) {
  return rank == threads ? count : count * (uint64_t)rank / (uint64_t)threads / 32 * 32;
}

static void work(stream *s, int rank) {
  if (now.task == NORMALS) {
    prepare(s, &P, 0, P.row < 4 * WIDTH ? WIDTH : P.row / 4);
    normals(s, now.count, rank);
  } else if (now.task == COPY) {
    uint64_t begin = part(now.bytes, rank), end = part(now.bytes, rank + 1);
    for (uint64_t t = 0; t < now.count; t++) memcpy(copied[(t + 1) & 1] + begin, copied[t & 1] + begin, end - begin);
  } else {
    int begin = (int)part((uint64_t)P.nodes, rank), end = (int)part((uint64_t)P.nodes, rank + 1);
    for (uint64_t n = 0; n < now.count; n++) {
      prepare(s, &P, now.first + n, P.chains == 1 ? 1 : P.row / 4);
      (P.chains == 1 ? stepNodes : stepChains)(&P, s, field[n & 1], field[(n + 1) & 1], begin, end);
      barrier();
    }
  }
}

static void *zeroed(size_t bytes) {
  void *memory = aligned_alloc(64, (bytes + 64 + 63) / 64 * 64);
  if (!memory) { fprintf(stderr, "langevin: no memory for %zu bytes\n", bytes); exit(1); }
  return memset(memory, 0, (bytes + 64 + 63) / 64 * 64);
}

static void *thread(void *argument) {
  const int rank = (int)(intptr_t)argument;
  stream *s = zeroed(sizeof(stream));
  const size_t table = sizeof(words) * (size_t)(P.row / 2 + 2 * WIDTH);
  s->begin = zeroed(table), s->add2 = zeroed(table), s->is3 = zeroed(table);
  s->noise = zeroed(4 * (size_t)((P.row > BATCH ? P.row : BATCH) + 2 * WIDTH * PAIRS));
  for (uint64_t done = 0;; done++) {
    if (rank > 0) {
      pthread_mutex_lock(&lock);
      while (jobs == done) pthread_cond_wait(&called, &lock);
      pthread_mutex_unlock(&lock);
    }
    if (now.task == END) return NULL;
    barrier();
    work(s, rank);
    barrier();
    if (rank == 0) return s;
  }
}

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void all(job next) {
  pthread_mutex_lock(&lock);
  now = next;
  jobs++;
  pthread_cond_broadcast(&called);
  pthread_mutex_unlock(&lock);
  stream *s = thread(NULL); // this thread takes part
  if (s) free(s->begin), free(s->add2), free(s->is3), free(s->noise), free(s);
}

static void whole(FILE *file, void *memory, size_t bytes, int out) {
  if (!file || (out ? fwrite(memory, 1, bytes, file) : fread(memory, 1, bytes, file)) != bytes) {
    perror("langevin: file");
    exit(1);
  }
}

int main(int count, char **argument) {
  if (count != 9) return fprintf(stderr, "usage: langevin GRAPH CHAINS THREADS TIME_STEP COUPLING TEMPERATURE SEED STREAM\n"), 2;
  FILE *file = fopen(argument[1], "rb");
  int32_t head[2];
  whole(file, head, sizeof head, 0);
  int32_t *offsets = zeroed(4 * ((size_t)head[0] + 1 + 8)), *neighbours = zeroed(4 * (size_t)head[1]);
  whole(file, offsets, 4 * ((size_t)head[0] + 1), 0);
  whole(file, neighbours, 4 * (size_t)head[1], 0);
  fclose(file);
  for (int i = 1; i <= 8; i++) offsets[head[0] + i] = offsets[head[0]]; // nodes that fill the last vector: no neighbours
  const double timeStep = atof(argument[4]), coupling = atof(argument[5]), temperature = atof(argument[6]);
  P = (problem){
    .nodes = head[0], .chains = atoi(argument[2]), .row = 2 * atoi(argument[2]), .offsets = offsets, .neighbours = neighbours,
    .drift = (float)(2 * coupling * timeStep), .variance = (float)(2 * temperature * timeStep),
    .seed = (uint32_t)strtoul(argument[7], NULL, 10), .stream = (uint32_t)strtoul(argument[8], NULL, 10),
  };
  threads = atoi(argument[3]);
  for (int i = 0; i < P.nodes; i++) {
    int degree = offsets[i + 1] - offsets[i];
    if (P.chains > 1 && (degree < 1 || degree > 64)) return fprintf(stderr, "langevin: a degree must be 1 to 64, got %d\n", degree), 2;
  }
  if (P.chains != 1 && P.row % (4 * WIDTH)) {
    return fprintf(stderr, "langevin: chains must be 1 or a multiple of %d, got %d\n", 2 * WIDTH, P.chains), 2;
  }
  const size_t bytes = 4 * (size_t)P.nodes * (size_t)P.row;
  for (int k = 0; k < 2; k++) field[k] = zeroed(bytes + 4 * 2 * WIDTH);
  for (int rank = 1; rank < threads; rank++) {
    pthread_t id;
    pthread_create(&id, NULL, thread, (void *)(intptr_t)rank);
  }
  setvbuf(stdout, NULL, _IOLBF, 0);
  char line[4096], path[4096];
  unsigned long long a, b;
  while (fgets(line, sizeof line, stdin)) {
    const double start = seconds();
    if (sscanf(line, "state %4095s", path) == 1) {
      whole(file = fopen(path, "rb"), field[0], bytes, 0), fclose(file);
    } else if (sscanf(line, "dump %4095s", path) == 1) {
      whole(file = fopen(path, "wb"), field[0], bytes, 1), fclose(file);
    } else if (sscanf(line, "run %llu %llu", &a, &b) == 2) {
      all((job){ .task = RUN, .first = a, .count = b });
      if (b & 1) { float *t = field[0]; field[0] = field[1], field[1] = t; }
    } else if (sscanf(line, "normals %llu", &a) == 1) {
      all((job){ .task = NORMALS, .count = a });
    } else if (sscanf(line, "copy %llu %llu", &a, &b) == 2) {
      for (int k = 0; k < 2; k++) if (!copied[k]) copied[k] = zeroed(a);
      all((job){ .task = COPY, .bytes = a, .count = b });
    } else {
      fprintf(stderr, "langevin: unknown command %s", line);
      return 2;
    }
    printf("%.9f\n", seconds() - start);
  }
  return 0;
}
