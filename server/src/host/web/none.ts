/** Stands for Node's modules where there is no Node: whatever would read a disk is not called there. */
function none(): never {
  throw new Error('There is no disk here.');
}

export const existsSync = none;
export const readdirSync = none;
export const readFileSync = none;
export const realpathSync = none;
export const statSync = none;
export const lstatSync = none;
export const fileURLToPath = none;
export const pathToFileURL = none;
