#include <stdio.h>

int main(void) {
  char line[16];
  FILE *file = fopen("/etc/word.conf", "r");
  if (file == NULL) return 1;
  fputs(fgets(line, sizeof line, file), stdout);
  return 0;
}
