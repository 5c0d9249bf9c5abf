#pragma once
#include <linux/interrupt.h>

#define BELT_IRQ 3

extern int belt_state;
