#version 330 core
// Inputs
//   v_number  number of the district: position + 1, above the last district a background layer
flat in uint v_number;
layout(location = 0) out uint number;

void main() { number = v_number; }
