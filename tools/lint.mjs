// Lint: oxlint's rules, and dependency-cruiser for the one-way street between rooms.
import { run } from './run.mjs';

run('oxlint/bin/oxlint', 'src', 'kernel', 'test', 'bench', 'tools', 'bin');
run('dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs', 'src', 'kernel');
