import { words } from '../connectors/demo-data.js';

/** What a stage shows, by category: titles, artists and programmes. */
export const ACTS: Readonly<Record<string, readonly string[]>> = {
  Musicals: words(`
    The Phantom of the Opera, Mamma Mia!, The Lion King, Wicked, Jersey Boys, Chicago, Hairspray, Spamalot, Avenue Q, Rent,
    Grease, The Little Mermaid, Mary Poppins, Spring Awakening, Legally Blonde, The Drowsy Chaperone, A Chorus Line,
    Xanadu, Young Frankenstein, In the Heights, South Pacific, Gypsy, Curtains, Billy Elliot, Shrek the Musical,
    Passing Strange, Sunday in the Park with George, A Catered Affair, Cry-Baby, White Christmas, 9 to 5, Cirque Dreams`),
  Plays: words(`
    August: Osage County, The 39 Steps, November, Boeing-Boeing, Thurgood, The Seagull, Macbeth, All My Sons, Equus,
    Speed-the-Plow, To Be or Not to Be, American Buffalo, Dividing the Estate, A Man for All Seasons, Mauritius,
    The Homecoming, Cat on a Hot Tin Roof, Come Back Little Sheba, The Country Girl, Is He Dead?, Rock 'n' Roll,
    The Farnsworth Invention, Cyrano de Bergerac, Pygmalion, Hamlet, Othello, Twelfth Night, The Tempest, Our Town,
    Les Liaisons Dangereuses, The Cherry Orchard, A Streetcar Named Desire, Death of a Salesman, Uncle Vanya`),
  Opera: words(`
    La Traviata, Carmen, The Magic Flute, Tosca, La Boheme, Madama Butterfly, Don Giovanni, The Barber of Seville,
    Rigoletto, Aida, Turandot, The Marriage of Figaro, Cosi fan tutte, Otello, Macbeth, Eugene Onegin, Salome, Elektra,
    Tristan und Isolde, Die Walkure, Das Rheingold, Lucia di Lammermoor, L'Elisir d'Amore, Il Trovatore, Pagliacci,
    Hansel and Gretel, Doctor Atomic, Satyagraha, Peter Grimes, Faust, Thais, Die Fledermaus`),
  Pop: words(`
    Madonna, Coldplay, Bruce Springsteen, Tina Turner, Neil Diamond, Billy Joel, The Police, Kenny Chesney, Celine Dion,
    Jonas Brothers, Radiohead, Metallica, Kanye West, Rihanna, Foo Fighters, Pearl Jam, Dave Matthews Band, Tom Petty,
    Eric Clapton, Stevie Wonder, Janet Jackson, Mary J. Blige, Alicia Keys, Carrie Underwood, Rascal Flatts, Toby Keith,
    Tim McGraw, Brad Paisley, Sugarland, Taylor Swift, Miley Cyrus, Avril Lavigne, Kelly Clarkson, John Mayer,
    Jack Johnson, Maroon 5, Counting Crows, Journey, Def Leppard, Kiss, Rush, Van Halen, Aerosmith, Heart, Chicago,
    Steely Dan, James Taylor, Crosby Stills and Nash, Bob Dylan, Neil Young, Paul Simon, Elton John, Rod Stewart,
    George Michael, Cyndi Lauper, Duran Duran, Depeche Mode, The Cure, R.E.M., Modest Mouse, Death Cab for Cutie,
    The Decemberists, Wilco, Feist, Vampire Weekend, The Shins, Beck, Bjork, Nine Inch Nails, Tool, Linkin Park, Weezer,
    Green Day, Blink-182, Panic at the Disco, Fall Out Boy, Paramore, My Chemical Romance, The Killers, The White Stripes,
    Gnarls Barkley, Lupe Fiasco, Snoop Dogg, Erykah Badu, John Legend, Amy Winehouse, Robert Plant, Santana, ZZ Top,
    Lynyrd Skynyrd, The Allman Brothers Band, B.B. King, Bonnie Raitt, Sheryl Crow, Norah Jones, Sarah McLachlan,
    Barenaked Ladies, Great Big Sea, Gordon Lightfoot, Indigo Girls, Ani DiFranco, The Roots, Common, Nas, Ray LaMontagne`),
  Jazz: words(`
    Herbie Hancock, Sonny Rollins, Wynton Marsalis, Chick Corea, Pat Metheny, Diana Krall, Keith Jarrett, Dave Brubeck,
    Ornette Coleman, Wayne Shorter, McCoy Tyner, Roy Hargrove, Joshua Redman, Brad Mehldau, Branford Marsalis,
    Cassandra Wilson, Dianne Reeves, Esperanza Spalding, Bill Frisell, John Scofield, Charlie Haden, Hank Jones,
    Ron Carter, Roy Haynes, Kenny Barron, Maria Schneider Orchestra, Count Basie Orchestra, Mingus Big Band,
    The Bad Plus, Medeski Martin and Wood, Preservation Hall Jazz Band, Terence Blanchard, Christian McBride`),
  Classical: words(`
    New York Philharmonic, Boston Symphony Orchestra, Chicago Symphony Orchestra, Cleveland Orchestra,
    Los Angeles Philharmonic, Philadelphia Orchestra, San Francisco Symphony, Seattle Symphony, Emerson String Quartet,
    Takacs Quartet, Yo-Yo Ma, Itzhak Perlman, Lang Lang, Joshua Bell, Hilary Hahn, Emanuel Ax, Evgeny Kissin,
    Mitsuko Uchida, Anne-Sophie Mutter, Gil Shaham, Handel: Messiah, Bach: Mass in B Minor, Beethoven: Ninth Symphony,
    Mahler: Second Symphony, Mozart: Requiem, Brahms: A German Requiem, Verdi: Requiem, Orpheus Chamber Orchestra`),
};

export interface Category {
  readonly group: string;
  readonly name: string;
  readonly description: string;
  /** Events in the year. */
  readonly events: number;
  /** How much is on in each month from January, and on each weekday from Monday. */
  readonly months: readonly number[];
  readonly weekdays: readonly number[];
  /** The usual price of a ticket in US dollars. */
  readonly price: number;
}

const ALL_WEEK = [1, 2, 3, 3, 5, 6, 4];
const THEATRE_WEEK = [1, 4, 5, 4, 5, 7, 5];

/** In the order of their catid, from 1. */
export const CATEGORIES: readonly Category[] = [
  {
    group: 'Sports',
    name: 'MLB',
    description: 'Major League Baseball',
    events: 900,
    months: [0, 0, 0, 5, 5, 5, 5, 5, 5, 1, 0, 0],
    weekdays: [3, 4, 4, 3, 5, 5, 5],
    price: 78,
  },
  {
    group: 'Sports',
    name: 'NHL',
    description: 'National Hockey League',
    events: 500,
    months: [5, 5, 5, 2, 1, 0, 0, 0, 0, 4, 5, 5],
    weekdays: [2, 4, 3, 5, 4, 6, 2],
    price: 118,
  },
  {
    group: 'Sports',
    name: 'NFL',
    description: 'National Football League',
    events: 250,
    months: [1, 0, 0, 0, 0, 0, 0, 0, 4, 4, 4, 4],
    weekdays: [2, 0, 0, 1, 0, 1, 16],
    price: 205,
  },
  {
    group: 'Sports',
    name: 'NBA',
    description: 'National Basketball Association',
    events: 500,
    months: [5, 5, 5, 3, 1, 0, 0, 0, 0, 0, 5, 5],
    weekdays: [3, 4, 5, 2, 5, 5, 4],
    price: 142,
  },
  {
    group: 'Sports',
    name: 'MLS',
    description: 'Major League Soccer',
    events: 200,
    months: [0, 0, 1, 4, 4, 4, 4, 4, 4, 3, 0, 0],
    weekdays: [0, 0, 2, 2, 1, 8, 4],
    price: 55,
  },
  {
    group: 'Shows',
    name: 'Musicals',
    description: 'Musical theatre',
    events: 1500,
    months: [4, 4, 5, 5, 5, 6, 6, 6, 4, 5, 5, 8],
    weekdays: THEATRE_WEEK,
    price: 225,
  },
  {
    group: 'Shows',
    name: 'Plays',
    description: 'All non-musical theatre',
    events: 1200,
    months: [5, 5, 5, 6, 6, 5, 4, 3, 4, 6, 6, 6],
    weekdays: THEATRE_WEEK,
    price: 168,
  },
  {
    group: 'Shows',
    name: 'Opera',
    description: 'All opera and light opera',
    events: 600,
    months: [5, 5, 5, 5, 5, 3, 2, 2, 4, 6, 6, 6],
    weekdays: [3, 2, 3, 3, 5, 7, 3],
    price: 215,
  },
  {
    group: 'Concerts',
    name: 'Pop',
    description: 'All rock and pop music concerts',
    events: 2000,
    months: [3, 3, 4, 4, 5, 7, 8, 8, 6, 5, 5, 4],
    weekdays: ALL_WEEK,
    price: 182,
  },
  {
    group: 'Concerts',
    name: 'Jazz',
    description: 'All jazz singers and bands',
    events: 500,
    months: [4, 4, 4, 5, 5, 6, 6, 5, 5, 5, 4, 4],
    weekdays: ALL_WEEK,
    price: 98,
  },
  {
    group: 'Concerts',
    name: 'Classical',
    description: 'All symphony, concerto, and choir concerts',
    events: 648,
    months: [5, 5, 5, 5, 5, 3, 3, 3, 4, 6, 6, 7],
    weekdays: [1, 2, 3, 4, 5, 6, 4],
    price: 112,
  },
];
