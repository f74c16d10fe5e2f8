"""First names of many countries, folded and without accents, and their short forms. Data only.

They tell a person from a place or a firm: "John Harwell" is one, "North Harwell" is none. Left
out is what is a surname or a word as often.
"""

from collections.abc import Iterator
from itertools import combinations

from articles.vetting.lexicon.lexicon import words

GIVEN_NAMES: frozenset[str] = words(
    "aaron, abdul, abdullah, abigail, adam, adele, adriana, adrian, agnes, ahmad, ahmed, aidan, aisha,"
    " akira, alain, alan, albert, alberto, aldo, alejandro, aleksander, aleksandr, alessandro, alex,"
    " alexander, alexandra, alexei, alexey, alexis, alfred, ali, alice, alicia, alina, alison, allan,"
    " alma, amanda, amelia, amina, amir, amit, amy, ana, anastasia, anders, andre, andrea, andreas,"
    " andrei, andres, andrew, andrey, angela, angelo, anita, ann, anna, anne, annette, anthony, anton,"
    " antonio, anwar, arjun, arnold, arthur, arturo, ashley, astrid, audrey, axel, ayesha, barbara,"
    " bashar, beatrice, beatriz, benedict, benjamin, bernard, beth, betty, bill, birgit, bjorn, boris,"
    " brenda, brendan, brian, bridget, bruno, bryan, camila, carl, carla, carlo, carlos, carmen, carol,"
    " carolina, caroline, catherine, cecilia, cesar, charles, charlotte, chris, christian, christina,"
    " christine, christoph, christopher, claire, clara, claude, claudia, claudio, clive, colin, connor,"
    " craig, cristina, cynthia, daniel, daniela, danielle, darren, dave, david, deborah, declan, deepak,"
    " denis, dennis, derek, diana, diane, diego, dieter, dimitri, dina, dmitri, dmitry, dominic,"
    " dominique, donald, donna, dora, doris, dorothy, duncan, eduardo, edith, edward, edwin, eileen,"
    " elaine, elena, eli, elias, elin, elisabeth, eliza, elizabeth, ella, ellen, elsa, emil, emily, emma,"
    " emmanuel, enrique, eric, erica, erik, ernest, esther, ethan, eugene, eva, evan, evelyn, fabio,"
    " farah, fatima, felipe, felix, fernando, fiona, florence, frances, francesca, francesco, francis,"
    " francisco, francois, frank, franz, fred, frederick, friedrich, fumio, gabriel, gabriela, gareth,"
    " gary, gavin, geoffrey, georg, george, georgia, gerald, gerard, gerhard, gianni, gilbert, giorgia,"
    " giorgio, giovanni, giulia, giuseppe, gloria, gonzalo, gordon, graham, greg, gregory, greta, guido,"
    " guillermo, gunter, gustavo, hamid, hamza, hana, hannah, hans, harold, harriet, harry, hassan,"
    " heather, hector, heidi, heinrich, helen, helena, helga, helmut, henri, henrik, henry, herbert,"
    " hiroshi, howard, hugh, hugo, ian, ibrahim, ida, idris, ignacio, igor, imran, ines, ingrid, irene,"
    " irina, isaac, isabel, isabella, ismail, ivan, ivo, jacob, jacqueline, jacques, jakob, james, jamie,"
    " jan, jane, janet, janice, jannik, jasmine, jason, javier, jean, jeff, jeffrey, jennifer, jens,"
    " jeremy, jessica, jesus, jill, jim, joan, joanna, joanne, joao, jochen, joe, joel, johan, johann,"
    " johannes, john, johnny, jon, jonas, jonathan, jorge, jose, josef, joseph, joshua, juan, juana,"
    " judith, julia, julian, julie, juliet, julio, julius, jurgen, justin, karen, karin, karl, karolina,"
    " kasim, kate, katharine, katherine, kathleen, kathryn, kathy, katja, keiko, keith, ken, kenneth,"
    " kevin, khaled, khalid, kieran, klaus, kristin, kristina, kumar, kurt, kyle, lara, lars, laura,"
    " lauren, laurent, lawrence, leila, lena, leo, leonard, leonor, leonardo, leticia, liam, lily, linda,"
    " lionel, lisa, lise, liz, lorenzo, louis, louise, luca, lucas, lucia, lucy, luigi, luis, luisa,"
    " luiz, lukas, luke, lydia, madeleine, magnus, mahmoud, malcolm, manuel, marc, marcel, marco,"
    " marcos, marcus, margaret, margarita, maria, mariam, marie, marina, mario, marion, mark, marko,"
    " marta, martha, martin, martina, mary, mateo, mathias, matteo, matthew, matthias, maud, maureen,"
    " mauricio, max, maya, megan, mehmet, melanie, melissa, michael, michel, michele, michelle, miguel,"
    " mike, mikhail, milan, milos, mira, miriam, mohamed, mohammad, mohammed, monica, monika, moritz,"
    " muhammad, mustafa, nabil, nadia, nancy, naomi, narendra, natalia, natalie, natasha, nathan, neil,"
    " nicholas, nick, nicola, nicolas, nicole, nigel, nikita, nikola, nikolai, nils, nina, noah, nora,"
    " norman, olaf, oleg, olga, oliver, olivia, olivier, omar, oscar, osric, otto, owen, pablo, pamela,"
    " paola, paolo, patricia, patrick, paul, paula, paulo, pavel, pedro, peter, petr, petra, philip,"
    " philippe, phillip, pierre, pieter, piotr, priya, rachel, rafael, rahul, rajesh, ralph, ramon,"
    " raul, raymond, rebecca, recep, renata, rene, ricardo, richard, rita, robert, roberto, robin,"
    " rodrigo, roger, roland, rolf, roman, ronald, rosa, rose, rosemary, roy, rupert, ruth, ryan, sabine,"
    " salem, sally, salman, sam, samantha, samir, samuel, sandra, sanjay, sara, sarah, sean, sebastian,"
    " sergei, sergey, sergio, shaun, sheila, shirley, sigrid, silvia, simon, simone, sofia, sonia,"
    " sophia, sophie, stefan, stefano, stella, stephanie, stephen, steve, steven, stuart, sunil, susan,"
    " suzanne, svetlana, sven, sylvia, takashi, tamara, tania, tanya, tariq, tatiana, ted, teresa, terry,"
    " theodore, theresa, thierry, thomas, tim, timothy, tina, tobias, tom, tomas, tony, tracy, ulrich,"
    " ursula, valentina, valerie, vanessa, vera, veronica, victor, victoria, viktor, vincent, virginia,"
    " vivian, vladimir, volodymyr, walter, wendy, werner, wilhelm, will, william, wolfgang, xavier, yasmin,"
    " yasser, yoko, yuri, yusuf, yves, yvonne, zachary, zainab, zoe, mia, ava, lea, ella, nele, lotte, lila, alma, freya, joy, tessa, ottoline,"
    " nora, colm, deniz, ravi, ilya, ton, sunniva, tove, liv, eve, ezra, saskia, noor, ren, aya,"
    " abbas, abdou, abena, achieng, agnieszka, agus, agustin, aino, alasdair, aleksandra, alfie,"
    " alistair, amara, aminata, ananya, anatoly, andriy, andrzej, anil, anneke, antti, aoife, arash,"
    " archie, asif, aurelie, aylin, ayse, barnaby, beatriz, bernice, bilal, bjarne, bohdan, brad,"
    " brandon, brittany, budi, burak, callum, camille, carys, catalina, cem, chidi, chloe, ciara,"
    " clement, cody, cormac, courtney, cressida, crispin, dana, deshawn, desislava, dewi, dieter,"
    " dimitra, dragan, duarte, dusan, ebrahim, edmund, eero, einar, ekkehard, eleni, elif, elijah, elke,"
    " emeka, emilia, emre, enzo, eoin, etienne, ewan, ezekiel, fabrice, fabrizio, facundo, faisal,"
    " farid, fatou, federica, federico, femke, fernanda, fraser, freja, gaelle, gaetano, galina, geert,"
    " gennady, georgi, gethin, gheorghe, giles, gilles, giorgos, gisela, gladys, goncalo, goran,"
    " guillaume, gunnar, gunther, gwen, haldor, halvard, hamish, hanna, haruto, hawa, hedwig, heloise,"
    " hendrik, herve, hina, hossein, huda, hussein, hyun, idrissa, ifeoma, ilaria, ilias, ilie, ilse,"
    " imogen, ines, ingeborg, ioana, iryna, isabelle, isaiah, isla, ivaylo, jacek, jadwiga, jake, jamal,"
    " jaroslav, javad, jelena, jeremiah, jerome, jiri, jisoo, jiwoo, joaquin, joko, joost, jorgen,"
    " joris, josefina, josh, jukka, julien, juma, jutta, kamal, kamau, karim, katarzyna, katerina,"
    " kateryna, kavita, keisha, kelly, kemal, kenji, kimberly, knut, kofi, konstantin, kostas,"
    " krzysztof, ksenia, kwame, lakshmi, larissa, lasse, latoya, layan, layla, leif, lenka, leonor,"
    " leyla, lieven, lindsay, linh, lothar, luana, lucia, luciano, lucien, ludmila, lyudmila, maarten,"
    " maelle, mahsa, malgorzata, malik, mamadou, manfred, marcelle, marcia, marek, mariama, mariana,"
    " marilyn, marjorie, marlene, marwan, massimo, mathieu, matias, matti, maurizio, maxim, maxime,"
    " meera, mehdi, mette, mihai, mildred, milena, minho, minjun, mirjana, miroslav, morag, moussa,"
    " murat, mykola, nadezhda, naoki, nasir, nasrin, neha, ngozi, nguyet, niamh, nicolo, nigella, nikos,"
    " nils, noemie, nomsa, norbert, nour, nuno, oksana, olena, omar, orhan, ottavia, ottilie, ousmane,"
    " owain, padraig, parisa, pascal, pekka, piers, pietro, pilar, plamen, pooja, putri, quentin,"
    " radovan, radu, raffaele, ragnar, rainer, ramesh, rami, rania, raphael, rashid, ravi, reinhard,"
    " remi, renata, reza, rhys, ricarda, riccardo, rocio, rodrigo, rohan, rory, rudolf, rui, ruud, saad,"
    " sakura, salma, salvatore, sami, sander, satoshi, sauli, selim, serhiy, seydou, shirin, siegfried,"
    " sigmar, sigurd, silke, silvio, sinead, siobhan, sipho, siti, slobodan, solene, solveig, soren,"
    " soyeon, stacy, stanislav, steffen, sunita, suresh, sylvain, sylvie, tahir, tammy, tamsin, taras,"
    " thabo, thanh, themba, thiago, thibault, tiago, tiffany, toby, tomasz, torben, torsten, travis,"
    " tunde, tuomas, tyler, tyrone, ulrike, ulysse, umberto, usman, uwe, vaclav, valentin, valery,"
    " vasile, vesna, vikram, vinicius, virginie, vittorio, volker, walid, waltraud, wanda, wanjiru,"
    " willem, winfried, wojciech, wouter, ximena, xiu, xochitl, yannick, yannis, yousef, youssef, yuki,"
    " yulia, yumi, zack, zanele, zara, zdenek, zeynep, ziad, zofia, zoran"
)

# Short forms of first names, after the names that they are short for. An initial, and what a name
# begins with, need no line.
_SHORT_FORMS = (
    "william: bill, billy, will, willie, liam", "robert: bob, bobby, rob, robbie, bert",
    "richard: dick, rick, ricky, rich", "edward: eddie, ted, ned", "theodore: ted, teddy",
    "john: jack, johnny, jonny", "jonathan: jonny, nathan", "james: jim, jimmy, jamie",
    "joseph: joe, joey", "jose: pepe", "charles: charlie, chuck", "michael: mike, mick, mickey",
    "margaret: maggie, peggy, meg, greta, rita, daisy", "henry: harry, hank", "harold: harry, hal",
    "elizabeth, elisabeth: liz, lizzie, beth, betty, lisa, bess, libby, elsie",
    "anthony, antonio: tony", "thomas: tommy", "andrew: andy, drew", "daniel: danny",
    "katherine, catherine, katharine, kathryn, kathleen: kate, katie, kathy, cathy, kay, kitty, cat",
    "samuel, samantha: sammy", "stephen, steven, stefan: steve, stevie", "christopher: kit",
    "christina, christine, kristina: tina, chrissie", "peter: pete", "patrick: paddy",
    "patricia: patty, trish, tricia", "ronald: ronnie", "donald: donny", "lawrence, laurence: larry",
    "gerald, gerard: gerry, jerry", "jeremy: jerry", "jeffrey, geoffrey: jeff, geoff",
    "alexander, alexandra, aleksandr, aleksandra: alex, sasha, alec, xander, sandy, lex", "susan, suzanne: sue, susie",
    "deborah: debbie, debra", "jennifer: jenny", "frederick: freddie", "francisco: paco, pancho",
    "francis: frank", "albert: bert", "leonard: lenny", "nathaniel: nate", "nathan: nate",
    "matthew: matty", "timothy: timmy", "benjamin: bibi, benny", "abigail: abby", "rebecca: becky",
    "victoria: vicky, tori", "mary: molly, polly", "vladimir: vova, volodya", "dmitri, dmitry: dima",
    "ignacio: nacho", "enrique: quique", "giuseppe: beppe", "johannes: hans, jan", "jacob: jake",
    "zachary: zack", "eugene: gene", "dorothy: dot, dolly", "virginia: ginny", "nicholas: nicky",
    "rodrigo, rodney: rod", "sergei, sergey: seryozha", "yevgeny: zhenya", "luciano: lucho",
)  # fmt: skip


def _pairs() -> Iterator[frozenset[str]]:
    for line in _SHORT_FORMS:
        full, _, short = line.partition(": ")
        for name in words(full):
            yield from (frozenset({name, form}) for form in words(short))
            # Two of them may stand for one person: Bob and Bobby.
            yield from map(frozenset, combinations(words(short), 2))


SHORT_FORMS: frozenset[frozenset[str]] = frozenset(_pairs())
