int plough_create(void);
void plough_destroy(void);
