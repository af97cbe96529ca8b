// The findings, in the order of their pages.
import type { Finding } from '../finding.js';
import { F04 } from './F04.js';
import { F04b } from './F04b.js';
import { F07 } from './F07.js';
import { F08 } from './F08.js';
import { F08b } from './F08b.js';
import { F23 } from './F23.js';

export const all: readonly Finding[] = [F04, F04b, F07, F08, F08b, F23];
