#include "classify/field_people.h"
#include "classify/field_words.h"
#include <string.h>

#define SHORTEST_REPAIRED 5
#define FIRST_SURNAMES 8 /* given names stand before */

/* Plain small letters: given names, then surnames. Of these many differ by letters that are confused both ways. */
static const char *const names[] = {
  "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark "
  "donald "
  "steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas "
  "eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick frank raymond jack "
  "dennis "
  "jerry tyler aaron henry peter douglas adam nathan walter harold kyle carl arthur gerald roger keith jeremy lawrence "
  "sean christian austin bruce albert willie alan ralph roy eugene louis philip simon martin ian graham stuart oliver "
  "harry leonard desmond marcus dominic malcolm nigel trevor leslie colin gordon hugh derek barry edwin edmund percy "
  "hamish duncan angus declan conor liam niall ciaran eoin brendan cormac fergus padraig seamus tom tim ben sam",
  "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley "
  "kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen "
  "amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet "
  "catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith "
  "megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice jean abigail "
  "alice "
  "julia judy sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany "
  "charlotte marie kayla alexis lori harriet fiona siobhan niamh aoife sinead grainne roisin nuala maeve orla bridget "
  "eileen moira catriona mairi gwendoline gwen bronwen hazel beatrice florence edith winifred gillian hilary priya "
  "nisha farah latoya yolanda philippa joanna claire lucy ellen eleanor rosemary phoebe imogen",
  "jean pierre michel andre philippe rene louis alain jacques bernard marcel daniel roger robert paul claude christian "
  "henri georges nicolas francois gerard raymond patrick christophe laurent julien thierry olivier gilles guy maurice "
  "gabriel stephane pascal serge lucien guillaume antoine vincent david eric sebastien didier dominique benoit xavier "
  "frederic yves fabrice arnaud mathieu matthieu maxime thibault thibaut hugo lucas luc leo leon edmond emile emmanuel "
  "ferdinand gaetan gaston hector hubert jerome joel karim mehdi mohamed ahmed ali rachid youssef samir yann yannick "
  "loic gwenael tanguy erwan victor simon remi roland romain quentin raphael regis tristan etienne damien cedric bruno",
  "marie jeanne francoise monique catherine nathalie isabelle jacqueline sylvie anne martine nicole christine "
  "madeleine "
  "denise suzanne marguerite yvonne simone helene louise therese germaine veronique valerie sophie sandrine celine "
  "chantal patricia annie brigitte odette odile colette paulette genevieve josiane josette ginette mireille michele "
  "danielle dominique pascale corinne laurence virginie stephanie delphine aurelie emilie julie camille claire lea "
  "chloe manon charlotte pauline marion lucie mathilde juliette alice agathe elodie estelle fabienne fatima fatou "
  "farida nadege nadia nolwenn gaelle karine laetitia magali noemie ophelie sabine solange sandra yvette yolande "
  "ghislaine aline amandine angelique beatrice bernadette cecile evelyne huguette jocelyne liliane lucienne maryse",
  "jose antonio juan manuel francisco luis javier miguel carlos angel jesus david pedro daniel alejandro maria "
  "alberto rafael fernando pablo jorge ramon sergio enrique vicente andres diego victor ignacio joaquin adrian raul "
  "salvador ivan ruben oscar alfonso jaime eduardo emilio ricardo roberto gonzalo mariano julio julian tomas agustin "
  "felix gregorio cristian martin nicolas guillermo hector hugo leonardo leopoldo lorenzo marcos mario mateo nestor "
  "facundo santiago sebastian simon teodoro valentin jordi josep joan xavier marc pau oriol iker unai aitor mikel "
  "jon gorka anselmo casimiro edmundo eusebio evaristo fausto fermin gerardo isidro damian benito bernardo esteban",
  "carmen josefa isabel dolores pilar teresa rosa cristina angeles antonia laura francisca mercedes luisa concepcion "
  "rosario elena lucia raquel sara marta beatriz ana paula andrea silvia patricia juana manuela encarnacion susana "
  "montserrat rocio yolanda sonia alicia sofia nuria irene margarita angela esther julia eva monica consuelo "
  "inmaculada amparo asuncion remedios milagros nieves catalina victoria veronica natalia lorena ines gloria emilia "
  "fatima esperanza guadalupe ximena valentina camila fernanda gabriela mariana daniela carolina alejandra adriana "
  "leticia lidia lourdes magdalena matilde miriam noelia olga paloma purificacion rebeca sandra soledad trinidad "
  "virginia blanca brenda celia clara elvira eugenia fabiola felipa graciela gladys leire nerea amaia ainhoa begona",
  "istvan laszlo jozsef janos zoltan sandor ferenc gabor attila peter tamas zsolt tibor andras csaba imre lajos gyorgy "
  "balazs gyula mihaly karoly robert bela daniel adam krisztian david norbert miklos geza mate bence roland szabolcs "
  "akos gergely gergo levente marton mark richard kalman bertalan arpad erno dezso denes elemer endre jeno kornel "
  "lorand lorant matyas nandor otto pal rudolf sebestyen szilard vilmos viktor zsigmond barnabas botond bendeguz "
  "domonkos ede farkas kristof lenard marcell maximilian zeteny nimrod zalan oszkar tivadar vince albert antal aron "
  "benedek",
  "maria erzsebet katalin ilona eva anna zsuzsanna margit julianna agnes andrea ildiko erika krisztina judit iren "
  "monika magdolna edit gabriella marta eszter szilvia melinda timea aniko veronika rita kinga klara zsofia anita "
  "terezia rozalia viktoria nikolett noemi nora reka orsolya petra piroska beatrix barbara bernadett boglarka borbala "
  "csilla dora dorottya emese emma eniko etelka flora fruzsina gizella gyongyi hajnalka hanna helga henrietta ibolya "
  "jolan kata lilla livia luca marianna nikoletta olga rebeka renata rozsa sara tunde valeria vera virag zita zsanett",
  "smith jones taylor williams brown davies evans wilson thomas roberts johnson lewis walker robinson wood thompson "
  "white watson jackson wright green harris cooper king lee martin clarke morgan hughes edwards hill moore clark "
  "harrison scott young morris hall ward turner carter phillips mitchell patel adams campbell anderson allen cook "
  "bailey parker miller davis murphy price bell baker griffiths kelly simpson marshall collins bennett cox richardson "
  "fox gray rose chapman hunt robertson shaw reynolds lloyd ellis richards russell wilkinson khan graham stewart reid "
  "murray powell palmer holmes rogers stevens walsh hunter thomson matthews ross owen mason knight kennedy butler "
  "saunders byrne ryan connor sullivan doyle mccarthy gallagher doherty kavanagh dunne brennan burke nolan quinn "
  "okafor",
  "dubois durand leroy moreau lefebvre michel garcia bertrand roux fournier morel girard andre lefevre mercier dupont "
  "lambert bonnet martinez legrand garnier faure rousseau blanc guerin muller henry roussel nicolas perrin morin "
  "mathieu clement gauthier dumont lopez fontaine chevalier robin masson sanchez gerard nguyen boyer denis lemaire "
  "duval joly gautier roger roche roy noel meyer lucas meunier jean perez marchand dufour blanchard marie barbier brun "
  "dumas brunet schmitt leroux colas fernandez renard arnaud rolland caron aubert giraud leclerc vidal bourgeois "
  "renaud "
  "lemoine picard gaillard philippe leclercq lacroix fabre dupuis olivier rodriguez hubert carpentier guillot riviere "
  "gonzalez rodriguez fernandez lopez martinez sanchez perez gomez martin jimenez ruiz hernandez diaz moreno alvarez "
  "munoz romero alonso gutierrez navarro torres dominguez vazquez ramos gil ramirez serrano blanco molina morales "
  "suarez ortega delgado castro ortiz rubio marin sanz iglesias medina garrido cortes castillo santos lozano guerrero "
  "cano prieto mendez cruz calvo gallego vidal leon herrera marquez pena flores cabrera campos vega fuentes carrasco",
  "nagy kovacs toth szabo horvath varga kiss molnar nemeth farkas balogh papp takacs juhasz lakatos meszaros simon "
  "olah "
  "racz fekete szilagyi torok feher balazs gal szucs kis orsos kocsis fodor pinter szalai sipos magyar lukacs gulyas "
  "biro kiraly katona laszlo jakab bogdan balog sandor boros fazekas kelemen antal somogyi vass fulop orosz vincze "
  "veres hegedus deak barta pasztor budai szoke szekeres illes bodnar halasz lengyel vorosmarty kozma borbely"
};

bool
field_is_frequent_name (const char *word, size_t n)
{
  for (size_t i = 0; n >= 3 && i < G_N_ELEMENTS (names); i++)
    for (const char *p = names[i]; *p != '\0';)
      {
        size_t m = strcspn (p, " ");
        if (m == n && memcmp (p, word, n) == 0)
          return true;
        p += m;
        p += *p == ' ';
      }
  return false;
}

/* "Mohammed" beside "Mohamed": how it is spelt, and no misreading. */
static bool
is_doubled (const char *word, size_t n, const char *name, size_t m)
{
  size_t head = 0;
  while (head < m && word[head] == name[head])
    head++;
  return n == m + 1 && head > 0 && word[head] == word[head - 1] && memcmp (word + head + 1, name + head, m - head) == 0;
}

/* Spanish and Italian names part man and woman by their last letter, which recognition confuses too. */
static bool
differs_in_gender (const char *word, size_t n, const char *name, size_t m)
{
  return n == m && memcmp (word, name, n - 1) == 0 && strchr ("aoe", word[n - 1]) != NULL;
}

char *
field_frequent_name (const char *word, size_t n, bool given)
{
  const char *found = NULL;
  size_t length = 0;
  if (n < SHORTEST_REPAIRED || n >= FIELD_LONGEST_WORD || field_is_frequent_name (word, n))
    return NULL;
  for (size_t i = given ? 0 : FIRST_SURNAMES; i < (given ? FIRST_SURNAMES : G_N_ELEMENTS (names)); i++)
    for (const char *p = names[i]; *p != '\0';)
      {
        size_t m = strcspn (p, " ");
        bool near = m >= SHORTEST_REPAIRED && m <= n + 1 && n <= m + 1
                    && field_misreading_within (word, n, p, m, 1) == 1
                    && (given || field_misreading_within (p, m, word, n, 1) > 1) && !differs_in_gender (word, n, p, m)
                    && !is_doubled (word, n, p, m);
        if (near && found != NULL && (m != length || memcmp (found, p, m) != 0))
          return NULL;
        if (near)
          {
            found = p;
            length = m;
          }
        p += m;
        p += *p == ' ';
      }
  return found != NULL ? g_strndup (found, length) : NULL;
}
