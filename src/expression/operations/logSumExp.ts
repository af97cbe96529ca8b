// ln sum_k e^{x_k}, shifted by the largest component.
import { apply, Expression } from '../expression.js';
import { all, operation, type Operation } from '../operation.js';
import { Printed, PRODUCT } from '../printed.js';
import { exponential } from './exp.js';
import { logarithm } from './log.js';

declare module '../expression.js' {
  interface Expression {
    /** ln sum_k e^{x_k}, shifted by the largest component. */
    logSumExp(): Expression;
  }
}

export const logSumExp: Operation = operation({
  name: 'logSumExp',
  shape: () => 'scalar',
  simplified: ([x]) => (x.shape === 'scalar' ? x : undefined),
  derivative: (g, z) => [z.args[0].sub(z).exp().mul(g)],
  latex: (print, { args: [x] }) => new Printed(`\\ln \\textstyle\\sum_k e^{${print(x).latex}}`, PRODUCT),
  float64([x], components) {
    const parts = all(x, components);
    const top = `Math.max(${parts.join(', ')})`;
    return [`${top} + Math.log(${parts.map((part) => `Math.exp(${part} - ${top})`).join(' + ')})`];
  },
  tensors(on, [x]) {
    const top = on.most(x);
    return on.tf.add(top, on.tf.log(on.sum(on.tf.exp(on.tf.sub(x, top)))));
  },
  float32([x], components) {
    const parts = all(x, components);
    const top = parts.reduce((most, part) => most.max(part));
    return [top.add(logarithm(parts.map((part) => exponential(part.sub(top))).reduce((total, part) => total.add(part))))];
  },
  accuracy: [{ ulp: 2, over: [[-30, 30]], floor: 1 }],
});
Expression.prototype.logSumExp = function () { return apply(logSumExp, [this]); };
