// Types of WebGPU in declarations that users read: those of their own compiler where it has them, else just
// objects.
type OfHost<Name extends string> =
  typeof globalThis extends Record<Name, { prototype: infer Instance }> ? Instance : object;

export type GPUAdapter = OfHost<'GPUAdapter'>;
export type GPUBindGroup = OfHost<'GPUBindGroup'>;
export type GPUBindGroupLayout = OfHost<'GPUBindGroupLayout'>;
export type GPUBuffer = OfHost<'GPUBuffer'>;
export type GPUCommandEncoder = OfHost<'GPUCommandEncoder'>;
export type GPUComputePipeline = OfHost<'GPUComputePipeline'>;
export type GPUDevice = OfHost<'GPUDevice'>;
