int word(void);
#include <stdio.h>

int main(void) {
  printf("%d\n", word());
  return 0;
}
