import { literal, pool, words } from '../connectors/demo-data.js';

const USERS = 49_990;

const FIRST_NAMES = words(`
  James, Mary, John, Patricia, Robert, Jennifer, Michael, Linda, William, Elizabeth, David, Barbara, Richard, Susan, Joseph,
  Jessica, Thomas, Sarah, Charles, Karen, Christopher, Nancy, Daniel, Lisa, Matthew, Betty, Anthony, Margaret, Mark,
  Sandra, Donald, Ashley, Steven, Kimberly, Paul, Emily, Andrew, Donna, Joshua, Michelle, Kenneth, Carol, Kevin, Amanda,
  Brian, Dorothy, George, Melissa, Edward, Deborah, Ronald, Stephanie, Timothy, Rebecca, Jason, Sharon, Jeffrey, Laura,
  Ryan, Cynthia, Jacob, Kathleen, Gary, Amy, Nicholas, Shirley, Eric, Angela, Jonathan, Helen, Stephen, Anna, Larry, Brenda,
  Justin, Pamela, Scott, Nicole, Brandon, Emma, Benjamin, Samantha, Samuel, Katherine, Gregory, Christine, Frank, Debra,
  Alexander, Rachel, Raymond, Catherine, Patrick, Carolyn, Jack, Janet, Dennis, Ruth, Jerry, Maria, Tyler, Heather, Aaron,
  Diane, Jose, Virginia, Henry, Julie, Adam, Joyce, Douglas, Victoria, Nathan, Olivia, Peter, Kelly, Zachary, Christina,
  Kyle, Lauren, Walter, Joan, Harold, Evelyn, Jeremy, Judith, Ethan, Megan, Carl, Cheryl, Keith, Andrea, Roger, Hannah,
  Gerald, Martha, Christian, Jacqueline, Terry, Frances, Sean, Gloria, Arthur, Ann, Austin, Teresa, Noah, Kathryn, Lawrence,
  Sara, Jesse, Janice, Joe, Jean, Bryan, Alice, Billy, Madison, Jordan, Doris, Albert, Abigail, Dylan, Julia, Bruce, Judy,
  Willie, Grace, Gabriel, Denise, Alan, Amber, Juan, Marilyn, Logan, Beverly, Wayne, Danielle, Ralph, Theresa, Roy, Sophia,
  Eugene, Marie, Randy, Diana, Vincent, Brittany, Russell, Natalie, Louis, Isabella, Philip, Charlotte, Bobby, Rose, Johnny,
  Alexis, Bradley, Kayla, Wei, Priya, Hiroshi, Fatima, Carlos, Ngoc, Aisha, Diego, Mei, Omar, Ines, Rajesh, Yuki`);

const LAST_NAMES = words(`
  Smith, Johnson, Williams, Brown, Jones, Garcia, Miller, Davis, Rodriguez, Martinez, Hernandez, Lopez, Gonzalez, Wilson,
  Anderson, Thomas, Taylor, Moore, Jackson, Martin, Lee, Perez, Thompson, White, Harris, Sanchez, Clark, Ramirez, Lewis,
  Robinson, Walker, Young, Allen, King, Wright, Scott, Torres, Nguyen, Hill, Flores, Green, Adams, Nelson, Baker, Hall,
  Rivera, Campbell, Mitchell, Carter, Roberts, Gomez, Phillips, Evans, Turner, Diaz, Parker, Cruz, Edwards, Collins, Reyes,
  Stewart, Morris, Morales, Murphy, Cook, Rogers, Gutierrez, Ortiz, Morgan, Cooper, Peterson, Bailey, Reed, Kelly, Howard,
  Ramos, Kim, Cox, Ward, Richardson, Watson, Brooks, Chavez, Wood, James, Bennett, Gray, Mendoza, Ruiz, Hughes, Price,
  Alvarez, Castillo, Sanders, Patel, Myers, Long, Ross, Foster, Jimenez, Powell, Jenkins, Perry, Russell, Sullivan, Bell,
  Coleman, Butler, Henderson, Barnes, Gonzales, Fisher, Vasquez, Simmons, Romero, Jordan, Patterson, Alexander, Hamilton,
  Graham, Reynolds, Griffin, Wallace, Moreno, West, Cole, Hayes, Bryant, Herrera, Gibson, Ellis, Tran, Medina, Aguilar,
  Stevens, Murray, Ford, Castro, Marshall, Owens, Harrison, Fernandez, McDonald, Woods, Washington, Kennedy, Wells, Vargas,
  Henry, Chen, Freeman, Webb, Tucker, Guzman, Burns, Crawford, Olson, Simpson, Porter, Hunter, Gordon, Mendez, Silva, Shaw,
  Snyder, Mason, Dixon, Munoz, Hunt, Hicks, Holmes, Palmer, Wagner, Black, Robertson, Boyd, Rose, Stone, Salazar, Fox,
  Warren, Mills, Meyer, Rice, Schmidt, Garza, Daniels, Ferguson, Nichols, Stephens, Soto, Weaver, Ryan, Gardner, Payne,
  Grant, Dunn, Kelley, Spencer, Hawkins, Arnold, Pierce, Hansen, Peters, Santos, Hart, Bradley, Knight, Elliott, Cunningham`);

/** City, state, and its share of the users. */
const CITIES: readonly (readonly [string, string, number])[] = [
  ['New York City', 'NY', 52],
  ['Los Angeles', 'CA', 26],
  ['Chicago', 'IL', 20],
  ['Houston', 'TX', 13],
  ['Toronto', 'ON', 13],
  ['Phoenix', 'AZ', 10],
  ['Philadelphia', 'PA', 11],
  ['San Antonio', 'TX', 7],
  ['San Diego', 'CA', 8],
  ['Dallas', 'TX', 9],
  ['San Jose', 'CA', 7],
  ['Montreal', 'QC', 7],
  ['Detroit', 'MI', 7],
  ['San Francisco', 'CA', 10],
  ['Jacksonville', 'FL', 4],
  ['Indianapolis', 'IN', 4],
  ['Columbus', 'OH', 5],
  ['Austin', 'TX', 5],
  ['Fort Worth', 'TX', 3],
  ['Charlotte', 'NC', 4],
  ['Memphis', 'TN', 3],
  ['Baltimore', 'MD', 4],
  ['Boston', 'MA', 9],
  ['El Paso', 'TX', 2],
  ['Milwaukee', 'WI', 4],
  ['Denver', 'CO', 6],
  ['Seattle', 'WA', 9],
  ['Nashville', 'TN', 4],
  ['Washington', 'DC', 8],
  ['Las Vegas', 'NV', 5],
  ['Portland', 'OR', 5],
  ['Louisville', 'KY', 2],
  ['Oklahoma City', 'OK', 2],
  ['Tucson', 'AZ', 2],
  ['Atlanta', 'GA', 7],
  ['Albuquerque', 'NM', 2],
  ['Fresno', 'CA', 2],
  ['Sacramento', 'CA', 4],
  ['Long Beach', 'CA', 2],
  ['Mesa', 'AZ', 2],
  ['Kansas City', 'MO', 4],
  ['Cleveland', 'OH', 5],
  ['Virginia Beach', 'VA', 2],
  ['Omaha', 'NE', 2],
  ['Miami', 'FL', 7],
  ['Oakland', 'CA', 4],
  ['Tulsa', 'OK', 2],
  ['Honolulu', 'HI', 1],
  ['Minneapolis', 'MN', 6],
  ['Colorado Springs', 'CO', 1],
  ['Arlington', 'TX', 2],
  ['Wichita', 'KS', 1],
  ['St. Louis', 'MO', 5],
  ['Raleigh', 'NC', 2],
  ['Anaheim', 'CA', 2],
  ['Tampa', 'FL', 4],
  ['Cincinnati', 'OH', 4],
  ['Pittsburgh', 'PA', 5],
  ['Toledo', 'OH', 1],
  ['Aurora', 'CO', 1],
  ['Buffalo', 'NY', 2],
  ['St. Paul', 'MN', 2],
  ['Corpus Christi', 'TX', 1],
  ['Newark', 'NJ', 3],
  ['Jersey City', 'NJ', 3],
  ['Riverside', 'CA', 1],
  ['Lexington', 'KY', 1],
  ['Stockton', 'CA', 1],
  ['St. Petersburg', 'FL', 1],
  ['Anchorage', 'AK', 1],
  ['Calgary', 'AB', 3],
  ['Ottawa', 'ON', 3],
  ['Edmonton', 'AB', 3],
  ['Vancouver', 'BC', 4],
  ['Winnipeg', 'MB', 1],
  ['Quebec City', 'QC', 1],
  ['Hamilton', 'ON', 1],
  ['Halifax', 'NS', 1],
  ['Yonkers', 'NY', 1],
  ['Rochester', 'NY', 1],
  ['Salt Lake City', 'UT', 3],
  ['Boise', 'ID', 1],
  ['Des Moines', 'IA', 1],
  ['Madison', 'WI', 1],
  ['Hartford', 'CT', 1],
  ['Providence', 'RI', 1],
  ['Richmond', 'VA', 1],
  ['Orlando', 'FL', 3],
  ['New Orleans', 'LA', 3],
  ['Birmingham', 'AL', 1],
  ['Spokane', 'WA', 1],
  ['Tacoma', 'WA', 1],
  ['Bellevue', 'WA', 1],
  ['Green Bay', 'WI', 1],
  ['Santa Fe', 'NM', 1],
];

const INTERESTS = words(`
  likesports, liketheatre, likeconcerts, likejazz, likeclassical, likeopera, likerock, likevegas, likebroadway,
  likemusicals`);

const PLACES = CITIES.flatMap(([city, state, share]) => Array.from({ length: share }, () => [city, state]));
const LETTERS = literal('ABCDEFGHIJKLMNOPQRSTUVWXYZ');

/** A letter of the user name, which is one number below 26⁶ × 100 written in letters and two digits. */
function letter(place: number): string {
  return `substr(${LETTERS}, 1 + (code // ${place} % 26)::INTEGER, 1)`;
}

export const PEOPLE: readonly string[] = [
  pool(
    'first_names',
    'name',
    FIRST_NAMES.map((name) => [name]),
  ),
  pool(
    'last_names',
    'name',
    LAST_NAMES.map((name) => [name]),
  ),
  pool('homes', 'city, state', PLACES),
  `CREATE TABLE users AS
   SELECT n::INTEGER AS userid,
     (${[1, 26, 676].map(letter).join(' || ')} || lpad((code // 17576 % 100)::VARCHAR, 2, '0')
       || ${[1757600, 45697600, 1188137600].map(letter).join(' || ')})::VARCHAR AS username,
     first_names.name::VARCHAR AS firstname, last_names.name::VARCHAR AS lastname,
     city::VARCHAR AS city, state::VARCHAR AS state,
     lower(first_names.name || '.' || last_names.name) || n || '@example.'
       || ['com', 'org', 'net'][1 + below(n, 4, 3)] AS email,
     '(' || (201 + below(n, 5, 780)) || ') 555-' || lpad((100 + below(n, 6, 100))::VARCHAR, 4, '0') AS phone,
     ${INTERESTS.map(
       (interest, index) =>
         `[NULL, NULL, NULL, true, true, false, false][1 + below(n, ${10 + index}, 7)] AS ${interest}`,
     ).join(', ')}
   FROM (SELECT n, n * 48271829 % 30891577600 AS code FROM range(1, ${USERS} + 1) AS numbers(n))
   JOIN first_names ON first_names.i = early(n, 1, ${FIRST_NAMES.length})
   JOIN last_names ON last_names.i = early(n, 2, ${LAST_NAMES.length})
   JOIN homes ON homes.i = below(n, 3, ${PLACES.length})
   ORDER BY userid`,
];
