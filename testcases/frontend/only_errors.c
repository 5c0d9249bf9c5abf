/* Nothing in here can be made into a function. */
this is no C at all;
