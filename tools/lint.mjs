// Lint: Biome's format (`npm run format` writes it), oxlint's rules, dependency-cruiser for the one-way
// street between rooms, the picture of the rooms, names that a page lacks, and plain English.
import { join } from 'node:path';
import { run, runNode } from './run.mjs';

run('@biomejs/biome/bin/biome', 'format');
run('oxlint/bin/oxlint', 'src', 'kernel', 'test', 'bench', 'tools', 'bin');
run('dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs', 'src', 'kernel');
run('typescript/bin/tsc', '--project', join('kernel', 'page')); // which has a page's globals
runNode(join('tools', 'rooms.mjs'), '--check');
runNode(join('tools', 'pageNames.mjs'));
runNode(join('tools', 'plainEnglish.mjs'));
