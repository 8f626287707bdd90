/** How a Python program starts other programs (python.org, library reference: subprocess, os, shutil). */
import type { Language } from '../../demand/sources.ts';

/** Sources that are compiled when they are imported or called (Cython's pyximport, torch.compile, cffi's verify, weave, cppyy). */
export const COMPILES =
  /\bpyximport\b|\btorch\.(compile|utils\.cpp_extension)\b|\bffi\.verify\(|\bweave\.inline\(|\b(import|from)\s+cppyy\b/;

export const pythonSources: Language = {
  compiles: COMPILES,
  searches: /\bfind_library\s*\(/,
  files: /\.py$/,
  interpreter: /\bpython[\d.]*\b/,
  starts:
    /\b(subprocess|os\.(system|popen|exec|spawn)|shutil\.which|asyncio\.create_subprocess|pexpect|plumbum|\bsh\.|fabric|invoke)\b/,
  calls:
    /\b(?:subprocess\.(?:run|call|check_call|check_output|getoutput|getstatusoutput|Popen)|(?<!\.)(?:Popen|check_call|check_output)|os\.(?:system|popen)|create_subprocess_(?:exec|shell))\s*\(\s*(?!\[?\s*sys\.executable\b)(?:\[?\s*[rbu]?["']+([^"'{}%]*)["']|[^)\s])/g,
};
