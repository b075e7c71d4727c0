// Gives a long task to a Worker, so that the page stays alive.

/** The Worker could not do the task, for the reason it gave. */
export class TaskFailed extends Error {}

/**
 * What the Worker answers as `done`; throws TaskFailed with its `failed`. script: {url, integrity}. Its bytes are
 * compared with the page's hash first; the browser then takes them from its cache.
 */
export async function inWorker({ url, integrity }, task, progress = () => {}) {
  await fetch(url, { integrity });
  const worker = new Worker(url);
  try {
    return await new Promise((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data }) => {
        if (data.failed) reject(new TaskFailed(data.failed));
        else if (data.done) resolve(data.done);
        else progress(data.progress);
      };
      worker.postMessage(task);
    });
  } finally {
    worker.terminate();
  }
}
