"""x"""
def pack(): pass
