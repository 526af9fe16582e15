import { createApp } from 'vue';
import { openSession } from './app/session.ts';
import App from './app/app.vue';
import { router } from './app/router.ts';
import { i18n, languageHere, speak } from './language/language.ts';
import './look/elements.css';

// The words first: nothing is shown that is not a sentence.
await speak(languageHere());
await openSession();
createApp(App).use(i18n).use(router).mount('#app');
