/** Names of one place: of a country with what is from there and its codes, of a state of the USA with its code. */
const PLACES: readonly string[] = `
afghanistan, afghan; albania, albanian; algeria, algerian; argentina, argentinian, argentine; australia, australian
austria, austrian; bangladesh, bangladeshi; belarus, belarusian; belgium, belgian; bolivia, bolivian; brazil, brazilian
bulgaria, bulgarian; cambodia, cambodian; cameroon, cameroonian; canada, canadian; chile, chilean; china, chinese
colombia, colombian; costa rica, costa rican; croatia, croatian; cuba, cuban; czech republic, czech, czechia
denmark, danish; ecuador, ecuadorian; egypt, egyptian; england, english; estonia, estonian; ethiopia, ethiopian
finland, finnish; france, french; georgia, georgian; germany, german; ghana, ghanaian; greece, greek; hungary, hungarian
iceland, icelandic; india, indian; indonesia, indonesian; iran, iranian; iraq, iraqi; ireland, irish; israel, israeli
italy, italian; jamaica, jamaican; japan, japanese; jordan, jordanian; kazakhstan, kazakh; kenya, kenyan
kuwait, kuwaiti; latvia, latvian; lebanon, lebanese; lithuania, lithuanian; luxembourg, luxembourgish
malaysia, malaysian; mexico, mexican; mongolia, mongolian; morocco, moroccan; nepal, nepalese; netherlands, dutch
new zealand, new zealander; nigeria, nigerian; norway, norwegian; pakistan, pakistani; panama, panamanian
paraguay, paraguayan; peru, peruvian; philippines, filipino, philippine; poland, polish; portugal, portuguese
puerto rico, puerto rican; qatar, qatari; romania, romanian; russia, russian; saudi arabia, saudi; scotland, scottish
serbia, serbian; singapore, singaporean; slovakia, slovak; slovenia, slovenian; south africa, south african
south korea, korea, korean, south korean; spain, spanish; sri lanka, sri lankan; sweden, swedish; switzerland, swiss
syria, syrian; taiwan, taiwanese; tanzania, tanzanian; thailand, thai; tunisia, tunisian; turkey, turkish
uganda, ugandan; ukraine, ukrainian; uk, united kingdom, great britain, britain, british; uruguay, uruguayan
usa, us, united states, united states of america, america, american; venezuela, venezuelan; vietnam, vietnamese
wales, welsh; zimbabwe, zimbabwean
alabama, al; alaska, ak; arizona, az; arkansas, ar; california, ca; colorado, co; connecticut, ct; delaware, de
florida, fl; georgia, ga; hawaii, hi; idaho, id; illinois, il; indiana, in; iowa, ia; kansas, ks; kentucky, ky; louisiana, la
maine, me; maryland, md; massachusetts, ma; michigan, mi; minnesota, mn; mississippi, ms; missouri, mo; montana, mt
nebraska, ne; nevada, nv; new hampshire, nh; new jersey, nj; new mexico, nm; new york, ny; north carolina, nc
north dakota, nd; ohio, oh; oklahoma, ok; oregon, or; pennsylvania, pa; rhode island, ri; south carolina, sc
south dakota, sd; tennessee, tn; texas, tx; utah, ut; vermont, vt; virginia, va; washington, wa; west virginia, wv
wisconsin, wi; wyoming, wy
`
  .trim()
  .split(/;|\n/);

const OTHERS = new Map<string, readonly string[]>();
for (const place of PLACES) {
  const names = place.split(',').map((name) => name.trim());
  for (const name of names)
    OTHERS.set(name, [...(OTHERS.get(name) ?? []), ...names.filter((other) => other !== name)]);
}

/** Other names of a place, in lower case: of "french" `france`, of "california" `ca`. Two letters alone say none. */
export function otherPlaceNames(name: string): readonly string[] {
  return name.length <= 2 ? [] : (OTHERS.get(name) ?? []);
}
