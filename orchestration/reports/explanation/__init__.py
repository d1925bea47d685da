"""What `explain` tells a person: the parts of its page, their words and their setting. The door is explain."""
