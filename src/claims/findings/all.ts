// The findings, in the order of their pages.
import type { Finding } from '../finding.js';
import { F04 } from './F04.js';
import { F04b } from './F04b.js';
import { F07 } from './F07.js';

export const all: readonly Finding[] = [F04, F04b, F07];
