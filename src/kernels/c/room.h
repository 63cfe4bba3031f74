/* What products take apart, of each thread its own and shared by all builds of them: one runs at a time. */
#pragma once

/* MC · KC numbers: 64 rows of 2048 bytes. */
extern _Thread_local char room_for_tiles[64 * 2048];
/* NC · KC: 96 vectors of 64 bytes, 512 deep. */
extern _Thread_local char room_for_slices[96 * 64 * 512];
