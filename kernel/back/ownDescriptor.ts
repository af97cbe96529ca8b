// Descriptor 3 is the pipe to the front, in which a stray byte would end this process: the functions of `fs`
// refuse it.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

export const ownDescriptor = 3;

/** Those that write to a descriptor, read from it or close it. */
const names = [
  'write',
  'writeSync',
  'writev',
  'writevSync',
  'writeFile',
  'writeFileSync',
  'appendFile',
  'appendFileSync',
  'read',
  'readSync',
  'readv',
  'readvSync',
  'readFile',
  'readFileSync',
  'close',
  'closeSync',
  'ftruncate',
  'ftruncateSync',
] as const;

export function refuseOwnDescriptor(): void {
  for (const name of names) {
    const whole = fs as Record<string, unknown>;
    whole[name] = new Proxy(fs[name], {
      apply(original: (...args: unknown[]) => unknown, self, args: unknown[]) {
        if (args[0] === ownDescriptor)
          throw new RangeError(
            `fs.${name}: descriptor ${ownDescriptor} is the kernel's own; open a file for yours`,
          );
        return Reflect.apply(original, self, args);
      },
    });
  }
  syncBuiltinESMExports(); // for `import { writeSync } from 'node:fs'`
}
