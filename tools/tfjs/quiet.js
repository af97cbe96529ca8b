// No banner and no warnings, before anything else of tfjs runs.
import '@tensorflow/tfjs-core/dist/engine.js';
import '@tensorflow/tfjs-core/dist/flags.js';
import { env } from '@tensorflow/tfjs-core/dist/environment.js';

env().set('PROD', true);
