// The findings, in the order of their pages.
import type { Finding } from '../finding.js';

export const all: readonly Finding[] = [];
