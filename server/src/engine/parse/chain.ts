/** The commands of a RUN: what they are, and how some are taken out of its text. */
export {
  type ChainItem,
  type ChainOperator,
  type ChainOptions,
  simpleCommands,
  topLevelChain,
} from './chainItems.ts';
export { cutChain, cutWords, editRun, renderPieces, type RunEdit, type RunPiece } from './editRun.ts';
