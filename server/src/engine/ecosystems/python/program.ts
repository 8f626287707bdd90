/** How a Python program starts other programs (python.org, library reference: subprocess, os, shutil). */
import type { Language } from '../../demand/sources.ts';

export const pythonSources: Language = {
  files: /\.py$/,
  starts:
    /\b(subprocess|os\.(system|popen|exec|spawn)|shutil\.which|asyncio\.create_subprocess|pexpect|plumbum|\bsh\.|fabric|invoke)\b/,
  calls:
    /\b(?:subprocess\.(?:run|call|check_call|check_output|getoutput|getstatusoutput|Popen)|(?<!\.)(?:Popen|check_call|check_output)|os\.(?:system|popen)|create_subprocess_(?:exec|shell))\s*\(\s*(?!\[?\s*sys\.executable\b)(?:\[?\s*[rbu]?["']+([^"'{}%]*)["']|[^)\s])/g,
};
