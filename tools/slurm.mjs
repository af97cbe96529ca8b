// Slurm on one node, for the tests of sweeps: slurmctld and slurmd from Debian's packages, without systemd
// and munge, in a folder of their own. What cannot be had is said, and the tests skip by name.
//   node tools/slurm.mjs install         the packages; used by CI, harmless anywhere
//   node tools/slurm.mjs start FOLDER    prints the value of SLURM_CONF, by which sbatch finds the node
//   node tools/slurm.mjs stop FOLDER
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, hostname, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const packages = ['slurmctld', 'slurmd', 'slurm-client'];
const [verb, folder = ''] = process.argv.slice(2);
const conf = join(resolve(folder), 'slurm.conf');
const call = (command, ...words) =>
  spawnSync(command, words, {
    encoding: 'utf8',
    env: { ...process.env, SLURM_CONF: conf, PATH: `${process.env.PATH}:/usr/sbin` },
  });
const fail = (message) => {
  console.error(`slurm: ${message}`);
  process.exit(1);
};

if (verb === 'install') install();
else if (verb === 'start') await start();
else if (verb === 'stop') await stop();
else fail(`the verb must be install, start or stop, got ${verb}`);

function install() {
  if (call('sbatch', '--version').status === 0 && call('slurmctld', '-V').status === 0) return;
  if (process.platform !== 'linux' || process.getuid() !== 0)
    return console.log(`slurm: none, and only root of Debian can install it: the tests of Slurm will skip`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...words) =>
    spawnSync('apt-get', words, { env, stdio: ['ignore', 'ignore', 'inherit'], timeout: 500_000 });
  const get = () => apt('install', '-qq', '--no-install-recommends', ...packages).status === 0;
  if (!get() && (apt('update', '-qq').status !== 0 || !get()))
    console.log(`slurm: apt-get install ${packages.join(' ')} failed: the tests of Slurm will skip`);
}

async function start() {
  if (call('slurmctld', '-V').status !== 0)
    fail(`no slurmctld; fix, as root of Debian: apt-get install ${packages.join(' ')}`);
  const place = resolve(folder);
  for (const part of ['state', 'spool']) mkdirSync(join(place, part), { recursive: true });
  const port = 20_000 + (process.pid % 20_000);
  const { username } = userInfo();
  writeFileSync(
    conf,
    `ClusterName=one
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmctldPort=${port}
SlurmdPort=${port + 1}
AuthType=auth/none
CredType=cred/none
SlurmUser=${username}
SlurmdUser=${username}
StateSaveLocation=${place}/state
SlurmdSpoolDir=${place}/spool
SlurmctldPidFile=${place}/slurmctld.pid
SlurmdPidFile=${place}/slurmd.pid
SlurmctldLogFile=${place}/slurmctld.log
SlurmdLogFile=${place}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=1,batch_sched_delay=0
KillWait=5
MaxArraySize=10001
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
NodeName=${hostname()} NodeAddr=127.0.0.1 CPUs=${availableParallelism()}
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`,
  );
  for (const [daemon, ...words] of [['slurmctld'], ['slurmd', '-d', '/usr/sbin/slurmstepd-wlm']]) {
    const { status, stderr } = call(daemon, ...words);
    if (status !== 0) fail(`${daemon}: ${stderr.trim()}`);
  }
  for (let second = 0; second < 30; second++) {
    if (call('sinfo', '--noheader', '--format=%t').stdout?.trim() === 'idle') return console.log(conf);
    await delay(1000);
  }
  await stop();
  fail(`the node did not come up within 30 s; ${join(place, 'slurmctld.log')} says why`);
}

async function stop() {
  for (const daemon of ['slurmd', 'slurmctld']) {
    const file = join(resolve(folder), `${daemon}.pid`);
    if (!existsSync(file)) continue;
    const pid = Number(readFileSync(file, 'utf8'));
    try {
      process.kill(pid, 'SIGTERM');
      for (let turn = 0; turn < 100; turn++) {
        process.kill(pid, 0);
        await delay(100);
      }
    } catch {
      // it has ended
    }
  }
}
