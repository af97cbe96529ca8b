// Audit of the ledger as data: the rules that every row must satisfy.
import type { Claim, Quantity, Region } from './claim.js';
import { ledger } from './ledger.js';

/**
 * Faults of the ledger in words; empty for a valid ledger.
 *
 * A row has a quote or says what is absent; a measured row has evidence that can support or refute it; every other
 * row has a written argument, a theorem also a source with its DOI, and no numbers but controls.
 *
 * @example ledgerFaults(); // []
 */
export function ledgerFaults(claims: readonly Claim[] = ledger()): string[] {
  const ids = claims.map((claim) => claim.id);
  const repeated = ids.filter((id, i) => ids.indexOf(id) < i).map((id) => `${id}: appears twice`);
  return [...repeated, ...claims.flatMap((claim) => rowFaults(claim).map((fault) => `${claim.id}: ${fault}`))];
}

function rowFaults(claim: Claim): string[] {
  const faults: string[] = [];
  const require = (holds: boolean, fault: string) => {
    if (!holds) faults.push(fault);
  };
  const quantities = Object.entries(claim.quantities);
  const evidence = quantities.filter(([, quantity]) => quantity.role === 'evidence');

  require((claim.quote === null) === (claim.absent !== undefined), 'needs either a quote or a word on its absence');
  require(/^\d\d-[a-z0-9-]+$/.test(claim.notebook), `notebook ${JSON.stringify(claim.notebook)} has no number and name`);
  if (claim.kind === 'measured') {
    require(evidence.length > 0, 'is measured and declares no evidence');
  } else {
    require(Boolean(claim.argument), `is a ${claim.kind} without a written argument`);
    require(evidence.length === 0, `is a ${claim.kind} and cannot have evidence, only controls`);
  }
  if (claim.kind === 'theorem') require(/doi:10\.\d{4,}\//.test(claim.source ?? ''), 'is a theorem without a DOI');
  for (const [name, quantity] of quantities) {
    faults.push(...quantityFaults(quantity).map((fault) => `${name} ${fault}`));
  }
  return faults;
}

function quantityFaults(quantity: Quantity): string[] {
  if (quantity.role === 'control') return regionFaults(quantity.requires);
  const { supports, refutes } = quantity;
  const faults = [...regionFaults(supports), ...regionFaults(refutes)];
  const touching = supports.some(([a, b]) => refutes.some(([c, d]) => a <= d && c <= b));
  if (touching) faults.push('leaves no gap between support and refutation');
  return faults;
}

function regionFaults(region: Region): string[] {
  if (region.length === 0) return ['has an empty region'];
  return region.some(([low, high]) => !(low <= high)) ? ['has a reversed interval'] : [];
}
