// The kernel's description of itself (kernel_info_reply).
import type { CompilerName } from '../wire/compilerNames.js';
import { type Json, protocolVersion } from '../wire/message.js';
import { compilerVersions, versions } from '../wire/versions.js';

/** As JupyterLab, CodeMirror 5 and 6, Pygments and nbconvert know the language. */
const languageInfo = {
  name: 'typescript',
  mimetype: 'application/typescript',
  file_extension: '.ts',
  codemirror_mode: 'typescript',
  pygments_lexer: 'typescript',
  nbconvert_exporter: 'script',
};

export function kernelInfo(compiler: CompilerName): Json {
  const { language, tslab } = compilerVersions(compiler);
  return {
    status: 'ok',
    protocol_version: protocolVersion,
    implementation: 'emtd-lab',
    implementation_version: versions.kernel,
    language_info: { ...languageInfo, version: language },
    banner:
      `EMTD Lab ${versions.kernel}: TypeScript ${language}` +
      `${tslab ? ` (tslab ${tslab})` : ''}, Node ${versions.node}. %time, %types, %backend ... are magics.`,
    debugger: false,
    supported_features: [],
    help_links: [
      { text: 'TypeScript', url: 'https://www.typescriptlang.org/docs/' },
      { text: 'TensorFlow.js', url: 'https://js.tensorflow.org/api/latest/' },
      { text: 'Danfo.js', url: 'https://danfo.jsdata.org/' },
      { text: 'Plotly', url: 'https://plotly.com/javascript/' },
    ],
  };
}
