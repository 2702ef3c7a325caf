// The functions of WebGL2 that ui/gl_web.cpp calls, on the context in Module.gl; linked into workbench.js
// (ui/link_options.txt) in the place of Emscripten's own, which can do much more and weigh more than our renderer.
// Objects of the context cross as numbers: places in `glObjects`.
addToLibrary(Object.assign({
  $glObjects: [null],
  $glKeep__deps: ['$glObjects'],
  $glKeep: function(object) { return glObjects.push(object) - 1; },
  $glText: function(at) {
    var end = at;
    while (HEAPU8[end]) end++;
    return new TextDecoder().decode(HEAPU8.slice(at, end));
  },
}, (() => {
  const functions = {
    glActiveTexture: function(unit) { Module['gl'].activeTexture(unit); },
    glAttachShader: function(program, shader) { Module['gl'].attachShader(glObjects[program], glObjects[shader]); },
    glBindBuffer: function(target, buffer) { Module['gl'].bindBuffer(target, glObjects[buffer]); },
    glBindSampler: function(unit, sampler) { Module['gl'].bindSampler(unit, glObjects[sampler]); },
    glBindTexture: function(target, texture) { Module['gl'].bindTexture(target, glObjects[texture]); },
    glBindVertexArray: function(array) { Module['gl'].bindVertexArray(glObjects[array]); },
    glBlendEquation: function(mode) { Module['gl'].blendEquation(mode); },
    glBlendEquationSeparate: function(rgb, alpha) { Module['gl'].blendEquationSeparate(rgb, alpha); },
    glBlendFuncSeparate: function(a, b, c, d) { Module['gl'].blendFuncSeparate(a, b, c, d); },
    glBufferData: function(target, size, data, usage) {
      Module['gl'].bufferData(target, HEAPU8.subarray(data, data + size), usage);
    },
    glClear: function(mask) { Module['gl'].clear(mask); },
    glClearColor: function(r, g, b, a) { Module['gl'].clearColor(r, g, b, a); },
    glCompileShader: function(shader) { Module['gl'].compileShader(glObjects[shader]); },
    glCreateProgram: function() { return glKeep(Module['gl'].createProgram()); },
    glCreateShader: function(type) { return glKeep(Module['gl'].createShader(type)); },
    glDeleteBuffers: function(count, names) {
      for (var i = 0; i < count; i++) {
        Module['gl'].deleteBuffer(glObjects[HEAP32[(names >> 2) + i]]);
        glObjects[HEAP32[(names >> 2) + i]] = null;
      }
    },
    glDeleteProgram: function(program) {
      Module['gl'].deleteProgram(glObjects[program]);
      glObjects[program] = null;
    },
    glDeleteShader: function(shader) {
      Module['gl'].deleteShader(glObjects[shader]);
      glObjects[shader] = null;
    },
    glDeleteTextures: function(count, names) {
      for (var i = 0; i < count; i++) {
        Module['gl'].deleteTexture(glObjects[HEAP32[(names >> 2) + i]]);
        glObjects[HEAP32[(names >> 2) + i]] = null;
      }
    },
    // One for each frame: the last place is given back.
    glDeleteVertexArrays: function(count, names) {
      for (var i = 0; i < count; i++) {
        var name = HEAP32[(names >> 2) + i];
        Module['gl'].deleteVertexArray(glObjects[name]);
        glObjects[name] = null;
        if (name === glObjects.length - 1) glObjects.pop();
      }
    },
    glDetachShader: function(program, shader) { Module['gl'].detachShader(glObjects[program], glObjects[shader]); },
    glDisable: function(what) { Module['gl'].disable(what); },
    glDrawElements: function(mode, count, type, offset) { Module['gl'].drawElements(mode, count, type, offset); },
    glEnable: function(what) { Module['gl'].enable(what); },
    glEnableVertexAttribArray: function(index) { Module['gl'].enableVertexAttribArray(index); },
    glGenBuffers: function(count, names) {
      for (var i = 0; i < count; i++) HEAP32[(names >> 2) + i] = glKeep(Module['gl'].createBuffer());
    },
    glGenTextures: function(count, names) {
      for (var i = 0; i < count; i++) HEAP32[(names >> 2) + i] = glKeep(Module['gl'].createTexture());
    },
    glGenVertexArrays: function(count, names) {
      for (var i = 0; i < count; i++) HEAP32[(names >> 2) + i] = glKeep(Module['gl'].createVertexArray());
    },
    glGetAttribLocation: function(program, name) { return Module['gl'].getAttribLocation(glObjects[program], glText(name)); },
    glGetProgramiv: function(program, what, out) {
      HEAP32[out >> 2] = what === 0x8B82 && Module['gl'].getProgramParameter(glObjects[program], what) ? 1 : 0;   // LINK_STATUS
    },
    glGetUniformLocation: function(program, name) { return glKeep(Module['gl'].getUniformLocation(glObjects[program], glText(name))); },
    glLinkProgram: function(program) { Module['gl'].linkProgram(glObjects[program]); },
    glPixelStorei: function(what, value) { Module['gl'].pixelStorei(what, value); },
    glScissor: function(x, y, w, h) { Module['gl'].scissor(x, y, w, h); },
    glShaderSource: function(shader, count, parts) {
      var text = '';
      for (var i = 0; i < count; i++) text += glText(HEAP32[(parts >> 2) + i]);
      // Four texels of a glyph are one pixel, whose middle lies on the border of two: the one that the rasteriser takes.
      // Half precision, which some GPUs take for "mediump", cannot tell texels apart.
      text = text.replace('mediump', 'highp').replace('Frag_UV.st', 'Frag_UV.st + 0.02 / vec2(textureSize(Texture, 0))');
      Module['gl'].shaderSource(glObjects[shader], text);
    },
    glTexImage2D: function(target, level, inner, w, h, border, format, type, texels) {
      Module['gl'].texImage2D(target, level, inner, w, h, border, format, type, HEAPU8.subarray(texels, texels + w * h * 4));
    },
    glTexParameteri: function(target, name, value) {
      Module['gl'].texParameteri(target, name, value === 0x2601 ? 0x2600 : value);   // LINEAR, NEAREST: as the rasteriser
    },
    glTexSubImage2D: function(target, level, x, y, w, h, format, type, texels) {
      Module['gl'].texSubImage2D(target, level, x, y, w, h, format, type, HEAPU8.subarray(texels, texels + w * h * 4));
    },
    glUniform1i: function(place, value) { Module['gl'].uniform1i(glObjects[place], value); },
    glUniformMatrix4fv: function(place, count, transpose, values) {
      Module['gl'].uniformMatrix4fv(glObjects[place], false, HEAPF32.subarray(values >> 2, (values >> 2) + 16 * count));
    },
    glUseProgram: function(program) { Module['gl'].useProgram(glObjects[program]); },
    glVertexAttribPointer: function(index, size, type, normalized, stride, offset) {
      Module['gl'].vertexAttribPointer(index, size, type, !!normalized, stride, offset);
    },
    glViewport: function(x, y, w, h) { Module['gl'].viewport(x, y, w, h); },
  };
  for (const name of Object.keys(functions)) functions[`${name}__deps`] = ['$glObjects', '$glKeep', '$glText'];
  return functions;
})()));
