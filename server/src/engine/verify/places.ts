/** Directories whose contents are judged in another way than files elsewhere. */

/** The package manager's own state and configuration: compared as packages. */
export const OF_THE_MANAGER =
  /^\/(etc\/apt|etc\/apk|var\/lib\/(apt|dpkg)|var\/cache\/(apt|apk|debconf)|usr\/share\/keyrings|etc\/ssl\/certs\/java)(\/|$)|^\/var\/log\/(apt|dpkg\.log|alternatives\.log)/;

/** Where programs leave behind what nobody misses (Filesystem Hierarchy Standard 3.0, sections 3.15, 3.18, 5.5, 5.10, 5.15). */
export const LEFT_BEHIND = /^\/(var\/cache|var\/log|tmp|var\/tmp|run)(\/|$)/;
/** Files of anybody, until the next start. */
export const TEMPORARY = /^\/(var\/)?tmp(\/|$)/;
