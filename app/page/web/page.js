document.body.dataset.format = JSON.parse(document.getElementById("share").textContent).format;
