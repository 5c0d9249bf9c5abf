extern int metro_beats;
void metro_start(void);
void metro_stop(void);
