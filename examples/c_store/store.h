/* A demo store in C99: what licet needs of a database, in memory. See store.c. */
#ifndef DEMO_STORE_H
#define DEMO_STORE_H

#include <licet.h>

/** The store's functions, whose `self` is what demo_store_create gave. */
extern const licet_store_vtable demo_store_vtable;

/** NULL without memory. licet calls demo_store_vtable.destroy on it in the end. */
void* demo_store_create(void);

#endif
