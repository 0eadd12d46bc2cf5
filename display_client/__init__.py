"""The program for the box with the loudspeaker: hears the hall's news and speaks its calls."""
