// Finds a GPU: `navigator.gpu` in browsers, in Node the optional package `webgpu` (Dawn, which supports
// Vulkan, Metal and Direct3D 12). Nothing is loaded before the first call.
// Source: W3C, WebGPU, section 4 (https://www.w3.org/TR/webgpu/). Its types are those of TensorFlow.js: a
// second, newer version of the package would declare every global again.
import { builtin, need } from '../../files/node.js';
import { findPackage, installLine } from '../../files/optionalPackage.js';
import type { GPUAdapter } from './webgpu.js';

const elsewhere = 'the wasm engine runs everywhere';

/** Dawn's instance, one for the whole program. */
let dawn: Promise<GPU> | undefined;

/** @throws Error without the package or an adapter, with the fix */
export async function findAdapter(): Promise<GPUAdapter> {
  const inBrowser = (globalThis as { navigator?: { gpu?: GPU } }).navigator?.gpu;
  const gpu = inBrowser ?? (await (dawn ??= loadDawn()));
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter)
    throw new Error(`webgpu: no adapter found; ${driverAdvice(inBrowser !== undefined)}; ${elsewhere}`);
  return adapter;
}

async function loadDawn(): Promise<GPU> {
  if (!builtin('node:process')) {
    throw new Error(
      `webgpu: this browser has no navigator.gpu (https pages of recent browsers have it); ${elsewhere}`,
    );
  }
  try {
    const path = findPackage('webgpu');
    if (path === undefined) throw new Error('it is not installed');
    const { pathToFileURL } = need('webgpu', 'node:url');
    const { create } = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as {
      create(flags: string[]): GPU;
    };
    return create([]);
  } catch (error) {
    dawn = undefined;
    const reason = (error as Error).message.split('\n')[0];
    const fix = `${installLine('webgpu')} (Linux, macOS and Windows, x64 and arm64)`;
    throw new Error(`webgpu: the optional package webgpu did not load (${reason}); ${fix}; ${elsewhere}`, {
      cause: error,
    });
  }
}

function driverAdvice(inBrowser: boolean): string {
  if (inBrowser) return 'see whether hardware acceleration is on in the settings of the browser';
  if (builtin('node:process')?.platform !== 'linux') return "install the graphics card's driver";
  return "install Vulkan (libvulkan1 on Debian) and the graphics card's driver for it; vulkaninfo --summary lists adapters";
}

/** The adapter's name for messages. */
export function adapterName(adapter: GPUAdapter): string {
  const { info } = adapter as unknown as {
    info?: Record<'vendor' | 'architecture' | 'device' | 'description', string>;
  };
  const name = [
    info?.description,
    info?.device,
    [info?.vendor, info?.architecture].filter(Boolean).join(' '),
  ].find(Boolean);
  return `${name ?? 'unnamed adapter'}${isSoftware(adapter) ? ' (software)' : ''}`;
}

/** Whether the adapter is software that runs on the CPU, useful for tests only. */
export function isSoftware(adapter: GPUAdapter): boolean {
  const { info } = adapter as unknown as { info?: { isFallbackAdapter?: boolean; description?: string } };
  return (
    (info?.isFallbackAdapter ?? adapter.isFallbackAdapter) ||
    /llvmpipe|swiftshader/i.test(info?.description ?? '')
  );
}
