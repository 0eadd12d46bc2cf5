"""The clerk's desk as a program: headless orders, and a whole day for acceptance. Holds no rule."""
