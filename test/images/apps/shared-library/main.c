#include <stdio.h>
int answer(void);int main(){printf("%d\n",answer());}
