int part_value;
