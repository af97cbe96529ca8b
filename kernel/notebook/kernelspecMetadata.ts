// The metadata of this kernel in notebooks.
export const kernelName = 'emtd-lab';

export const kernelspecMetadata = {
  name: kernelName,
  display_name: 'TypeScript (EMTD Lab)',
  language: 'typescript',
};
