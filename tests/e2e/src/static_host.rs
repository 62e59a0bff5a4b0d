//! A static host: a folder below a path, as its files are, and nothing else.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::Response;
use slidewright_simulator::server::{Site, router, serve};
use tokio::task::JoinHandle;

use crate::ports;

/// A server of files on a port of its own. Dropping it ends it.
pub struct StaticHost {
    origin: String,
    path: String,
    asked: Arc<Mutex<Vec<String>>>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl StaticHost {
    /// Serves a folder below a path such as `/some/path`.
    ///
    /// # Panics
    ///
    /// Where there is no such folder, or no free port.
    pub async fn start(path: &str, folder: impl AsRef<Path>) -> StaticHost {
        let folder = folder.as_ref();
        assert!(folder.is_dir(), "{folder:?} is no folder");
        let listener = ports::listener();
        let address = listener.local_addr().expect("its address");
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let noted = middleware::from_fn_with_state(asked.clone(), note);
        let app = router(Site::new().folder(path, folder)).layer(noted);
        let task = tokio::spawn(async move {
            serve(listener, app).await.expect("an open listener");
        });
        StaticHost {
            origin: format!("http://{address}"),
            path: path.to_owned(),
            asked,
            task: Mutex::new(Some(task)),
        }
    }

    /// Where it is: `http://127.0.0.1:…`, without a slash at the end.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The address of a file of the folder; an empty name is the folder's own.
    pub fn address(&self, name: &str) -> String {
        format!("{}{}/{name}", self.origin, self.path)
    }

    /// Every path that it was asked for, in order.
    pub fn asked(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.clone()
    }

    /// Ends it: its connections are cut, and nobody listens any more.
    pub async fn stop(&self) {
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner);
        let task = { task }.take();
        if let Some(task) = task {
            task.abort();
            let _ = task.await;
        }
    }
}

impl Drop for StaticHost {
    fn drop(&mut self) {
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(task) = &*task {
            task.abort();
        }
    }
}

async fn note(
    State(asked): State<Arc<Mutex<Vec<String>>>>,
    request: Request,
    next: Next,
) -> Response {
    {
        let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.push(request.uri().path().to_owned());
    }
    next.run(request).await
}
