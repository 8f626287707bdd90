/**
 * Version of the GNU C library by OS release. A program runs on no older one than it
 * was linked on asks for: since 2.34 every program asks for that version at least
 * (`__libc_start_main`; glibc 2.34 NEWS, "libpthread … integrated").
 * Sources: Debian's tracker (glibc), Ubuntu's packages (glibc), Red Hat's package
 * manifests, Amazon Linux release notes, Azure Linux's SPECS.
 */
import type { BaseFacts } from './types.ts';

const MINOR: Readonly<Record<string, number>> = {
  jessie: 19,
  stretch: 24,
  buster: 28,
  bullseye: 31,
  bookworm: 36,
  trixie: 41,
  trusty: 19,
  xenial: 23,
  bionic: 27,
  focal: 31,
  jammy: 35,
  noble: 39,
  resolute: 43,
  'amazonlinux-2': 26,
  'amazonlinux-2023': 34,
  'azurelinux-3.0': 38,
};

/** Red Hat's releases and those that are built from the same sources. */
const RED_HAT = /^(?:rhel-ubi|rockylinux|almalinux|oraclelinux|centos)-(\d+)/;
const RED_HAT_MINOR: Readonly<Record<string, number>> = { 7: 17, 8: 28, 9: 34, 10: 39 };

/** From this version on no program that was linked with it runs on an older one. */
export const GLIBC_BARRIER = 34;

/** 36 for glibc 2.36; `undefined` where it is not known. */
export function glibcMinor({ os, libc }: Pick<BaseFacts, 'os' | 'libc'>): number | undefined {
  if (libc === 'musl') return undefined;
  return MINOR[os.release] ?? RED_HAT_MINOR[RED_HAT.exec(os.release)?.[1] ?? ''];
}
