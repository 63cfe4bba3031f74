import { BrainNet } from '../src/study/brainjs/net.js';
import { Alphabet } from '../src/text/alphabet.js';
import { corpus } from '../tests/corpus.js';
const alphabet = Alphabet.of(corpus,'c'); const ids = alphabet.encode(corpus,'c'); const cut=Math.floor(ids.length*.9);
const held=ids.subarray(cut,cut+6000);
const lr=+process.argv[2]; const hidden=+process.argv[3];
 const b=new BrainNet({net:'LSTM',repaired:false,layers:1,hidden,alphabet,seed:1});
 for (const s of b.train(ids.subarray(0,cut),{window:50,lr})) if (s.characters%30000===0) { console.log(lr,hidden,s.characters,b.evaluate(held,'x').bitsPerChar.toFixed(3)); if (s.characters>=90000) break; }
