// What notebooks for this kernel say of it in their metadata.
export const kernelName = 'emtd-lab';

export const kernelspecMetadata = {
  name: kernelName,
  display_name: 'TypeScript (EMTD Lab)',
  language: 'typescript',
};
