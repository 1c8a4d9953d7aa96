import { words } from '../connectors/demo-data.js';

export const WOMEN = words(`
  Anneke, Sumi, Bezalel, Mariko, Duangkaew, Patrice, Ingrid, Beatriz, Chiara, Olena, Yuki, Amara, Fatima, Noor, Leila,
  Priya, Sunita, Kavita, Mei, Xiulan, Jiaying, Hyejin, Soyeon, Marta, Agnieszka, Katarzyna, Zuzana, Petra, Ilse, Greta,
  Hanna, Astrid, Sigrid, Linnea, Kaisa, Aino, Elif, Zeynep, Rivka, Tamar, Naomi, Abigail, Charlotte, Eleanor, Margaret,
  Rosalind, Harriet, Simone, Camille, Odile, Lucia, Pilar, Carmen, Ines, Joana, Teresa, Adaeze, Zainab, Wanjiru, Thandi`);

export const MEN = words(`
  Georgi, Parto, Kyoichi, Saniya, Eberhardt, Guoxiang, Kazuhide, Lillian, Ramzi, Shahaf, Bojan, Prasadram, Yongqiao,
  Divier, Domenick, Otmar, Elvis, Karsten, Jeong, Arif, Alain, Adamantios, Pradeep, Weiyi, Uri, Magy, Yishay, Tomas,
  Anders, Bjorn, Lars, Mikko, Juhani, Piotr, Wojciech, Miroslav, Zdenek, Istvan, Laszlo, Dimitri, Sergei, Oleksandr,
  Emre, Tarek, Omar, Hassan, Yusuf, Kwame, Chidi, Babatunde, Tendai, Rajesh, Vikram, Arjun, Sanjay, Hiroshi, Takeshi,
  Kenji, Minho, Donghyun, Wei, Zhihao, Luca, Matteo, Giovanni, Rafael, Thiago, Diego, Javier, Etienne, Laurent, Hugo,
  Henrik, Ruben, Joost, Willem, Duncan, Callum, Rhys, Declan`);

export const FAMILIES = words(`
  Facello, Simmel, Bamford, Maliniak, Preusig, Kalloufi, Peac, Piveteau, Sluis, Bridgland, Terkki, Genin, Nooteboom,
  Peha, Haddadi, Warwick, Erde, Famili, Montemayor, Pettey, Heyers, Berztiss, Reistad, Tempesti, Herbst, Demeyer,
  Joslin, Reistel, Merlo, Swan, Chappelet, Portugali, Makrucki, Lortz, Brender, Meriste, Lenart, Stamatiou, Tzvieli,
  Weedman, Casley, Sudbeck, Flasterstein, Syrzycki, Henk, Rissland, Pietrzyk, Solares, Awdeh, Breugel, Heping, Cromarty,
  Lindqvist, Halvorsen, Bergstrom, Virtanen, Korhonen, Nieminen, Kowalski, Nowak, Wisniewski, Novotny, Dvorak, Horvath,
  Szabo, Popescu, Ionescu, Petrov, Ivanova, Shevchenko, Kovalenko, Yilmaz, Demir, Kaya, Haddad, Mansour, Rahman, Siddiqui,
  Okafor, Adeyemi, Mwangi, Ndlovu, Mensah, Diallo, Traore, Sharma, Iyer, Banerjee, Chowdhury, Nair, Tanaka, Nakamura,
  Yoshida, Watanabe, Kimura, Park, Choi, Jung, Zhang, Huang, Zhou, Lin, Nguyen, Tran, Santoso, Wijaya, Reyes, Bautista,
  Rossi, Ferrari, Colombo, Moretti, Silva, Oliveira, Pereira, Carvalho, Fernandez, Castillo, Navarro, Ibarra, Dubois,
  Lefevre, Marchand, Girard, Keller, Brunner, Hoffmann, Vogel, Winkler, Jansen, Visser, Bakker, Gallagher, Brennan,
  Macleod, Sinclair, Ashworth, Pemberton, Hargreaves, Whitfield, Lockwood, Thornton, Bradshaw, Kirkland, Holloway`);

/** Employees who are told of by name wherever this schema is shown: number, names, gender, birth and hire date. */
export const KNOWN: readonly (readonly [number, string, string, string, string, string])[] = [
  [10004, 'Christian', 'Koblick', 'M', '1954-05-01', '1986-12-01'],
  [10007, 'Tzvetan', 'Zielinski', 'F', '1957-05-23', '1989-02-10'],
  [10016, 'Kazuhito', 'Cappelletti', 'M', '1961-05-02', '1995-01-27'],
  [10050, 'Yinghua', 'Dredge', 'M', '1958-05-21', '1990-12-25'],
];

/** Number, name, share of the staff in hundredths, pay above the usual in US dollars, and the titles of its careers. */
export const DEPARTMENTS: readonly (readonly [string, string, number, number, string])[] = [
  ['d001', 'Marketing', 8, 9000, 'office'],
  ['d002', 'Finance', 7, 8000, 'office'],
  ['d003', 'Human Resources', 6, 1000, 'office'],
  ['d004', 'Production', 19, 3000, 'engineering'],
  ['d005', 'Development', 22, 3500, 'engineering'],
  ['d006', 'Quality Management', 7, 2500, 'engineering'],
  ['d007', 'Sales', 15, 14000, 'office'],
  ['d008', 'Research', 8, 4000, 'engineering'],
  ['d009', 'Customer Service', 8, 2000, 'office'],
];

/** The titles of a career from the first (level 0) on. */
export const CAREERS: readonly (readonly [string, number, string])[] = [
  ['office', 0, 'Staff'],
  ['office', 1, 'Senior Staff'],
  ['engineering', 0, 'Assistant Engineer'],
  ['engineering', 1, 'Engineer'],
  ['engineering', 2, 'Senior Engineer'],
  ['engineering', 3, 'Technique Leader'],
];
