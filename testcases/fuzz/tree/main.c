int main_value;
