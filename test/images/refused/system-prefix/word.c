int word(void) {
  return 42;
}
