//! A call that no browser would make, byte by byte.

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use slidewright_e2e::page::PATIENCE;

use crate::recipe::Relay;

/// Where Presenton's calls begin.
pub const PRESENTON: &str = "/relay/presenton/api/v1/ppt/presentation";

/// What is sent. Headers are written as they are given, twice if they are given twice.
#[derive(Clone, Debug)]
pub struct Call {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Call {
    /// A submit as the widget would send it, under a key.
    pub fn submit(key: &str) -> Call {
        Call::post(&format!("{PRESENTON}/generate/async"))
            .with("Idempotency-Key", key)
            .json(&json!({"content": "Bees", "n_slides": 3}))
    }

    /// A form with a file of so many bytes.
    pub fn upload(length: usize) -> Call {
        let head = "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"notes.txt\"\r\n\
            Content-Type: text/plain\r\n\r\n";
        let form = [head.as_bytes(), &vec![b'b'; length], b"\r\n--x--\r\n"].concat();
        Call::post("/relay/presenton/api/v1/ppt/files/upload")
            .with("Content-Type", "multipart/form-data; boundary=x")
            .bytes(&form)
    }

    /// Any other POST of the widget's.
    pub fn post(path: &str) -> Call {
        let call = Call::new("POST", path).with("Origin", OWN);
        call.with("X-Slidewright", "1")
    }

    /// A status as the widget would ask for it.
    pub fn status(job: &str) -> Call {
        Call::get(&format!("{PRESENTON}/status/{job}"))
    }

    /// Any other GET of the widget's.
    pub fn get(path: &str) -> Call {
        Call::new("GET", path).with("X-Slidewright", "1")
    }

    fn new(method: &str, path: &str) -> Call {
        Call {
            method: method.to_owned(),
            path: path.to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// By another method.
    pub fn by(mut self, method: &str) -> Call {
        method.clone_into(&mut self.method);
        self
    }

    /// With a header, in the place of those of the same name.
    pub fn with(self, name: &str, value: &str) -> Call {
        self.without(name).and(name, value)
    }

    /// With one more header.
    pub fn and(mut self, name: &str, value: &str) -> Call {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Without a header.
    pub fn without(mut self, name: &str) -> Call {
        self.headers
            .retain(|(it, _)| !it.eq_ignore_ascii_case(name));
        self
    }

    /// With a key that no other row of a table has, where it has a long one.
    pub fn numbered(mut self, number: usize) -> Call {
        for (name, value) in &mut self.headers {
            if name == "Idempotency-Key" && value.len() > 16 {
                value.push_str(&format!("-{number}"));
            }
        }
        self
    }

    /// With a body in JSON.
    pub fn json(self, body: &Value) -> Call {
        self.with("Content-Type", "application/json")
            .bytes(body.to_string().as_bytes())
    }

    /// With a body and its length.
    pub fn bytes(mut self, body: &[u8]) -> Call {
        self.body = body.to_vec();
        self.with("Content-Length", &body.len().to_string())
    }

    /// With a body whose length nobody says beforehand.
    pub fn chunked(mut self, body: &[u8]) -> Call {
        let size = format!("{:x}\r\n", body.len());
        self.body = [size.as_bytes(), body, b"\r\n0\r\n\r\n"].concat();
        self.without("Content-Length")
            .with("Transfer-Encoding", "chunked")
    }

    /// With these bytes as they are after the headers.
    pub fn raw(mut self, body: &str) -> Call {
        body.as_bytes().clone_into(&mut self.body);
        self
    }

    /// Sends it on a connection of its own, and hears what is said until that ends.
    pub async fn send(&self, relay: &Relay) -> Reply {
        let host = relay.origin().trim_start_matches("http://");
        let mut head = format!("{} {} HTTP/1.1\r\nHost: {host}\r\n", self.method, self.path);
        for (name, value) in &self.headers {
            let value = if value == OWN { relay.origin() } else { value };
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("Connection: close\r\n\r\n");
        say(host, &[head.as_bytes(), &self.body].concat()).await
    }
}

/// Stands for the origin of whichever relay is called.
const OWN: &str = "the site's own";

/// Sends bytes, and hears what is said until the connection ends.
pub async fn say(host: &str, bytes: &[u8]) -> Reply {
    let mut stream = TcpStream::connect(host).await.expect("a connection");
    let mut said = Vec::new();
    let talk = async {
        // Who refuses a body need not read it to the end.
        let _ = stream.write_all(bytes).await;
        let mut piece = [0; 16 * 1024];
        loop {
            match stream.read(&mut piece).await {
                Ok(0) | Err(_) => break,
                Ok(length) => said.extend_from_slice(&piece[..length]),
            }
        }
    };
    timeout(PATIENCE, talk).await.expect("an end of the answer");
    Reply::read(&said)
}

/// What is answered; status 0 where nothing was.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    headers: Vec<(String, String)>,
    /// The body, in one piece.
    pub body: Vec<u8>,
}

impl Reply {
    fn read(bytes: &[u8]) -> Reply {
        let end = bytes.windows(4).position(|it| it == b"\r\n\r\n");
        let (head, body) = match end {
            Some(end) => (&bytes[..end], &bytes[end + 4..]),
            None => (bytes, &[][..]),
        };
        let head = String::from_utf8_lossy(head);
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1));
        let pairs = lines.filter_map(|line| line.split_once(':'));
        let headers =
            pairs.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()));
        let mut reply = Reply {
            status: status.and_then(|it| it.parse().ok()).unwrap_or_default(),
            headers: headers.collect(),
            body: body.to_vec(),
        };
        if reply.header("transfer-encoding") == Some("chunked") {
            reply.body = unchunked(body);
        }
        reply
    }

    /// A header, where there is one.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(it, _)| it == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Every header that begins so.
    pub fn headers(&self, prefix: &str) -> Vec<&str> {
        let found = self.headers.iter().filter(|(it, _)| it.starts_with(prefix));
        found.map(|(name, _)| name.as_str()).collect()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON, null where it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The job that a submit was answered.
    ///
    /// # Panics
    ///
    /// Where it was not.
    pub fn job(&self) -> String {
        let id = self.json()["id"].as_str().map(str::to_owned);
        id.unwrap_or_else(|| panic!("no job: {} {}", self.status, self.text()))
    }

    /// The cookie of the session that begins with it, as the browser would send it back.
    ///
    /// # Panics
    ///
    /// Where there is none.
    pub fn cookie(&self) -> String {
        let set = self.header("set-cookie").expect("a cookie");
        set.split(';').next().unwrap_or_default().to_owned()
    }

    /// Whether it is a problem in the form that the widget shows.
    pub fn is_problem(&self) -> bool {
        let kind = self.header("content-type").unwrap_or_default();
        kind.starts_with("application/problem+json") && self.json()["title"].is_string()
    }
}

fn unchunked(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(end) = body.windows(2).position(|it| it == b"\r\n") {
        let size = String::from_utf8_lossy(&body[..end]);
        let size = usize::from_str_radix(size.trim(), 16).unwrap_or_default();
        let chunk = &body[end + 2..];
        if size == 0 || chunk.len() < size + 2 {
            break;
        }
        whole.extend_from_slice(&chunk[..size]);
        body = &chunk[size + 2..];
    }
    whole
}
