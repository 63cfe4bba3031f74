/** Books as Project Gutenberg has given them out since 1991, in a few words of ours where theirs are many. */

const filler = (words: string, times: number): string => `${words} `.repeat(times).trim();

export const HEADERS: Readonly<Record<string, string>> = {
  modern: `The Project Gutenberg eBook of A Maré, by Ana Reis

This ebook is for the use of anyone anywhere in the world at no cost. You may re-use it
under the terms of the Project Gutenberg License included with this ebook.

Title: A Maré
       e outras histórias

Author: Ana Reis

Release date: May 1, 2019 [eBook #12345]
                Most recently updated: June 2, 2024

Language: Portuguese

Credits: Rui Sá and the Online Distributed Proofreading Team

*** START OF THE PROJECT GUTENBERG EBOOK A MARÉ ***
`,
  'of 2008, credits behind the marker': `The Project Gutenberg EBook of A Maré, by Ana Reis

This eBook is for the use of anyone anywhere at no cost and with almost no restrictions whatsoever.

Title: A Maré

Character set encoding: ISO-8859-1

*** START OF THIS PROJECT GUTENBERG EBOOK A MARÉ
E OUTRAS HISTÓRIAS ***




Produced by Rui Sá and the Online Distributed
Proofreading Team at http://www.pgdp.net

[Transcriber's Note: two words were mended.

The spelling is as it was.]

`,
  'of 1994, its small print before the book': `***The Project Gutenberg Etext of A Maré, by Ana Reis***
*This first edition should be named amare10.txt or amare10.zip.

Copyright laws are changing all over the world, be sure to check them.

**Welcome To The World of Free Plain Vanilla Electronic Texts**

*These Etexts Prepared By Hundreds of Volunteers and Donations*

A Maré

March, 1994  [Etext #99]

We produce about two million dollars for each hour we work. ${filler('So much for an hour.', 30)}

ftp example.org
login: anonymous
${'cd etext\n'.repeat(20)}
***START**THE SMALL PRINT!**FOR PUBLIC DOMAIN ETEXTS**START***
Why is this "Small Print!" statement here? ${filler('Lawyers like it long.', 200)}

INDEMNITY

${filler('Whoever gives it on must say so.', 150)}
*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*
This etext was prepared by Rui Sá, Lisbon.

`,
  'a marker alone': '*** START OF THE PROJECT GUTENBERG EBOOK A MARÉ ***\n',
  'fields alone': `Title: A Maré
Author: Ana Reis

Language: Portuguese

***START OF THE PROJECT GUTENBERG EBOOK A MARÉ***
`,
  none: '',
};

const LICENCE = `Updated editions will replace the previous one--the old editions will be renamed.

Creating the works from print editions not protected by copyright means that nobody owns them.

*** START: FULL LICENSE ***

THE FULL PROJECT GUTENBERG LICENSE
PLEASE READ THIS

Section 1.  General Terms of Use and Redistributing Project Gutenberg-tm electronic works

1.A.  ${filler('By reading you agree to the terms of it.', 100)}

1.E.1.  The following sentence must appear:

This eBook is for the use of anyone anywhere at no cost and with almost no restrictions whatsoever.

- You pay a royalty fee of 20%.

1.F.

1.F.5.  Some states do not allow it. ${filler('That changes nothing of the rest.', 150)}

Section 4.  Information about Donations to the Project Gutenberg Literary Archive Foundation

The Foundation is committed to the laws of all fifty states. ${filler('They differ.', 200)}

International donations are gratefully accepted.

Most people start at our Web site which has the main PG search facility:

     http://www.gutenberg.org

This Web site tells how to subscribe to our email newsletter to hear about new eBooks.
`;

export const FOOTERS: Readonly<Record<string, string>> = {
  'a marker and the licence': `*** END OF THE PROJECT GUTENBERG EBOOK A MARÉ ***

${LICENCE}`,
  'of 2008': `End of the Project Gutenberg EBook of A Maré, by Ana Reis

*** END OF THIS PROJECT GUTENBERG EBOOK A MARÉ ***

***** This file should be named 12345-8.txt or 12345-8.zip *****
This and all associated files of various formats will be found in:
        http://www.gutenberg.org/1/2/3/4/12345/

Produced by Rui Sá

${LICENCE}`,
  'a marker alone': '*** END OF THE PROJECT GUTENBERG EBOOK A MARÉ ***\n',
  'of 1994': "End of Project Gutenberg's Etext of A Maré, by Ana Reis\n",
  'of 2002, the small print behind the book': `*** END OF THE PROJECT GUTENBERG EBOOK, A MARÉ ***

This file should be named amare10.txt or amare10.zip
Corrected EDITIONS of our eBooks get a new NUMBER, amare11.txt

We are now trying to release all our eBooks one year in advance.

As of February, contributions are being solicited from people in:

${filler('Alabama, Alaska,', 40)}

*****

**The Legal Small Print**

***START**THE SMALL PRINT!**FOR PUBLIC DOMAIN EBOOKS**START***
Why is this "Small Print!" statement here? ${filler('Lawyers like it long.', 200)}

*END THE SMALL PRINT! FOR PUBLIC DOMAIN EBOOKS*Ver.02/11/02*END*
`,
  none: '',
};
