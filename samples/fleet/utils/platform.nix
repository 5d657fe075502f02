# The platform that the systems are for. demo.sh writes the one of its machine here.
"x86_64-linux"
