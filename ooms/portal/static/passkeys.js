// Lets a device make a passkey, or sign with one; where it cannot, the page says what to do instead.
const able = window.PublicKeyCredential?.parseCreationOptionsFromJSON !== undefined

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (able && window.location.origin === form.dataset.origin) prepare(form)
}

function prepare (form) {
  form.hidden = false
  document.getElementById('passkey-instead').hidden = true
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (form.reportValidity()) ask(form)
  })
  if (form.dataset.now) ask(form)
}

async function ask (form) {
  const problem = form.querySelector('[data-problem]')
  problem.hidden = true
  try {
    const credential = await answer(form.dataset.passkey, JSON.parse(form.dataset.options))
    form.elements.passkey.value = JSON.stringify(credential.toJSON())
    form.submit()
  } catch {
    // The owner said no, took too long, or the device has no passkey: he may try again.
    problem.hidden = false
  }
}

function answer (ceremony, options) {
  const known = window.PublicKeyCredential
  return ceremony === 'make'
    ? navigator.credentials.create({ publicKey: known.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: known.parseRequestOptionsFromJSON(options) })
}
