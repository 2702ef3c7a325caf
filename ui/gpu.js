// Which renderer draws: the GPU where the browser has one, else the rasteriser; linked into workbench.js before platform.js.
//
// A canvas has one kind of context for its life. The workbench's own canvas keeps its 2D context, takes all events and is
// what the rasteriser draws on; the GPU draws on a second one that lies over it. The choice is made after the first frame,
// so that nobody waits for a GPU. A context that is lost gives its place to the rasteriser at once and comes back when the
// browser restores it. `#renderer=sw` and `#renderer=gl` ask for one of them: `gl` takes a GPU that is only simulated, too.
function gpuRenderer(M, canvas, again) {
  const SIMULATED = /swiftshader|llvmpipe|softpipe|basic render|software/i;
  let layer = null, on = false, chosen = null;

  const asked = () => chosen ?? /[#&]renderer=(sw|gl)\b/.exec(location.hash)?.[1] ?? 'auto';

  function start() {
    size();
    on = M['_wb_gpu'](1) === 1;
    show();
  }
  function stop() {
    if (on) M['_wb_gpu'](0);
    on = false;
    show();
  }
  function show() {
    if (layer) layer.hidden = !on;
    canvas.dataset.renderer = on ? 'gpu' : 'software';
    again();
  }
  function size() {
    layer.width = canvas.width;
    layer.height = canvas.height;
  }

  function choose() {
    const forced = asked() === 'gl';
    if (asked() === 'sw') return stop();
    if (on) return;
    if (!layer) {
      const made = document.createElement('canvas');
      const gl = made.getContext('webgl2', {
        alpha: false, antialias: false, depth: false, stencil: false, failIfMajorPerformanceCaveat: !forced,
      });
      const info = gl?.getExtension('WEBGL_debug_renderer_info');
      const name = info ? gl.getParameter(info.UNMASKED_RENDERER_WEBGL) : gl?.getParameter(gl.RENDERER);
      if (!gl || (!forced && SIMULATED.test(name))) {
        gl?.getExtension('WEBGL_lose_context')?.loseContext();
        return show();
      }
      layer = made;
      layer.id = 'gpu';
      layer.setAttribute('aria-hidden', 'true');
      layer.addEventListener('webglcontextlost', (e) => {
        e.preventDefault();   // or it is never restored
        stop();
      });
      layer.addEventListener('webglcontextrestored', choose);
      M['gl'] = gl;
      canvas.after(layer);
    }
    if (!M['gl'].isContextLost()) start();
  }
  addEventListener('hashchange', () => {
    chosen = null;
    choose();
  });
  /** The other one, on request; what there is to say about it. */
  function change() {
    chosen = on ? 'sw' : 'gl';
    choose();
    if (on) return 'The graphics processor draws now.';
    return chosen === 'sw' ? 'The page draws without the graphics processor now.' : 'This browser gives the page no graphics processor.';
  }

  return { choose, change, on: () => on, resize() { if (on) size(); } };
}
